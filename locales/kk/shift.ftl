key-start-shift = ▶ Ауысымды бастау
key-end-shift = ⏹ Ауысымды аяқтау
key-send-location = 📍 Геолокация жіберу
key-start-no-location = ▶ Геолокациясыз бастау
key-end-no-location = ⏹ Геолокациясыз аяқтау
key-my-shifts = 🕘 Ауысымдар
key-duty = 🟢 Ауысымда
menu-draft = ✏️ Аяқталмаған: { $name }. Жалғастыру: «{ key-result }»
menu-on-shift = 🟢 Ауысымдасыз. Басталуы: { TIME($at) }

shift-start-ask =
    ▶ <b>Ауысым қай жерде басталады?</b>

    Төмендегі батырмамен геолокация жіберіңіз: бір рет қазір, бір рет соңында.
    Болмай тұр ма? Геолокациясыз бастаңыз: ауысымға белгі ғана қойылады.

    🚨 Шұғыл жағдай: { $police } немесе { $emergency }.
shift-started = ▶ Ауысым басталды: { TIME($at) }.
shift-end-ask =
    ⏹ <b>Ауысымды аяқтайсыз ба?</b> Басталуы: { TIME($at) }.

    Геолокация жіберіңіз немесе онсыз аяқтаңыз.
shift-ended = ⏹ Ауысым аяқталды: <b>{ DURATION($length) }</b>. Рақмет! Үйге аман жетіңіз.
shift-ended-long =
    ⏹ Ауысым аяқталды: <b>{ DURATION($length) }</b>.
    Бұл ұзақ. Ертерек аяқтап па едіңіз? Ауысым есебінде «✏️ Түзету» батырмасын басыңыз.
shift-ended-late =
    ⏹ Ауысым аяқталды. Ол ертеректе басталған: { MOMENT($at, width: "short") }.
    Шын мәнінде қашан аяқталды? Ауысым есебінен таңдаңыз: оған дейін сағат есептелмейді.
shift-on-already = ✅ Ауысымдасыз. Басталуы: { TIME($at) }.

shift-card-open = 🟢 <b>Ауысымда: { TIME($at) }</b> · { DATE($at, width: "short") }
shift-card-unconfirmed = ⚠️ <b>Ауысымның соңы көрсетілмеген</b>
    Басталуы: { MOMENT($at, width: "short") }. Қашан аяқталғаны көрсетілмейінше, сағат есептелмейді.
shift-card-closed = ⏹ <b>Ауысым: { DURATION($length) }</b>
    { MOMENT($start, width: "short") } – { TIME($end) }
shift-place = { $place ->
    [inside] 📍 ауданда
    [outside] ⚠️ ауданнан тыс
    [unknown] 📍 орны белгіленді
   *[none] ▫️ геолокациясыз
 }
shift-place-site = 📍 { $site }
shift-places = { $start } → { $end }
shift-results = 📋 { $count } нәтиже · қамту: { $people_total }
shift-results-more = … тағы { $count }
shift-track = 🔴 Жүрілген жол: { $length } км
shift-asks-at = ⏰ Сағат { TIME($at) } болғанда «Әлі ауысымдасыз ба?» деп сұраймыз.
shift-is-asked = ❓ Әлі ауысымдасыз ба? Төмендегі сұраққа жауап беріңіз.
shift-long = ⏱ Әдеттегіден ұзақ.
shift-outside = ⚠️ Ауысым уақытынан тыс нәтиже: { $count }
shift-waits = ✏️ Түзету қаралуда: { TIME($start) } – { TIME($end) }
shift-card-live = 🔴 Жолды жазу
shift-live-help-alert = 📎, «Геолокация» дегенді басып, оны 8 сағатқа тікелей бөлісіңіз. Жол ауысым біткенше жазылады; кез келген уақытта тоқтатуға болады.
shift-live-on = 🔴 Тікелей геолокация қосылды: жол ауысым біткенше жазылады.
shift-correct = ✏️ Түзету
shift-open = 🕘 Ауысымды көрсету

shift-end-at = { TIME($at) } · { DURATION($length) }
shift-end-other = 🕘 Басқа уақыт
shift-stay = ✅ Әлі ауысымдамын
shift-question =
    ❓ <b>Әлі ауысымдасыз ба?</b>

    Басталуы: { TIME($at) }. Ауысым бітсе, қашан аяқталғанын таңдаңыз.
shift-stays = ✅ Жақсы. Сағат { TIME($at) } болғанда қайта сұраймыз.
shift-end-time-ask =
    🕘 <b>Ауысым қашан аяқталды?</b> Басталуы: { MOMENT($at, width: "short") }.

    Уақытын жазыңыз, мысалы 22:30.
shift-end-stated = ✅ { MOMENT($start, width: "short") } – { TIME($end) }: <b>{ DURATION($length) }</b> есептелді.

shifts-own = { $count ->
    [0] 🕘 Әзірге ауысым жоқ.
   *[other] 🕘 Менің ауысымдарым: <b>{ $count }</b>
 }
shifts-own-row = { $state ->
    [open] 🟢 { MOMENT($start, width: "short") }
    [unconfirmed] ⚠️ { MOMENT($start, width: "short") }
   *[closed] { MOMENT($start, width: "short") } – { TIME($end) } · { DURATION($length) }
 }

correction-times-ask =
    ✏️ <b>Ауысым шын мәнінде қашан болды?</b>
    Қазір: { MOMENT($start, width: "short") } – { TIME($end) }

    Басы мен соңын жазыңыз, мысалы 18:00 – 22:30, немесе соңын таңдаңыз.
correction-why-ask =
    ✏️ { MOMENT($start, width: "short") } – { TIME($end) } · <b>{ DURATION($length) }</b>

    Неге? Себебін жазыңыз: оны үйлестіруші оқиды.
correction-sent = ✅ Үйлестірушіге жіберілді. Шешімі осында келеді.
correction-withdraw = ✖ Түзетуді қайтарып алу
correction-withdrawn-toast = Қайтарып алынды.
correction-card =
    ✏️ <b>{ $name }</b>
    📱 { $phone }
    📍 { $district }
    Қазір: { MOMENT($old_start, width: "short") } – { TIME($old_end) }
    Сұрайды: <b>{ MOMENT($start, width: "short") } – { TIME($end) }</b> · { DURATION($length) }
    Себебі: { $reason }
correction-state = { $state ->
    [pending] қаралуда
    [approved] мақұлданды
    [rejected] қабылданбады
   *[withdrawn] қайтарып алынды
 }
correction-decision = <b>{ correction-state }</b> · { MOMENT($at) } · { $by }
correction-approved-toast = Мақұлданды, көмекшіге хабар барады.
correction-refusal-ask =
    Ауысым неге өзгеріссіз қалады? <b>{ $name }</b>

    Себебін жазыңыз: оны көмекші оқиды.
correction-rejected-done = ✅ Қабылданбады, көмекшіге хабар барады.

duty-list = { $count ->
    [0] 🟢 Қазір ауысымда ешкім жоқ.
   *[other] 🟢 Қазір ауысымда: <b>{ $count }</b>
 }
duty-line = { TIME($since) } · <b>{ $name }</b> · { $phone } · { $place }{ $planned ->
    [true] { "" }
   *[false] { " " }· кестеден тыс
 }
duty-row = { TIME($since) } · { $name }
duty-card =
    👤 <b>{ $name }</b>
    📱 { $phone }
    📍 { $district }
duty-forgotten = ⚠️ Ұмытылған ауысымдар: { $count }
forgotten-list = { $count ->
    [0] ✅ Ұмытылған ауысым жоқ.
   *[other] ⚠️ Соңы көрсетілмеген ауысымдар: <b>{ $count }</b>
    Соңы көрсетілмейінше, сағат есептелмейді.
 }
forgotten-settle-all = Бәрі: басы + { $hours } сағат
forgotten-reason-ask =
    <b>{ $count } ауысымға</b> басталғанынан бастап { DURATION($length) } жазылады.

    Себебін жазыңыз: ол сақталады, көмекшілерге хабар барады.
forgotten-settled-toast = Көрсетілді, көмекшіге хабар барады.
forgotten-settled-done = ✅ Жабылды: { $count }. Бөлек шешілетіні: { $left }.
shifts-of = { $count ->
    [0] 🕘 <b>{ $name }</b>: әзірге ауысым жоқ.
   *[other] 🕘 <b>{ $name }</b>. Ауысым: <b>{ $count }</b>
 }
duty-request = ✏️ Түзету сұралды: шешу
duty-end-ask =
    🕘 <b>{ $name }</b>. Ауысым қашан аяқталды? Басталуы: { MOMENT($at, width: "short") }.

    Уақытын жазыңыз, мысалы 22:30.
duty-fix-ask =
    ✏️ <b>{ $name }</b>. Ауысым шын мәнінде қашан болды?
    Қазір: { MOMENT($start, width: "short") } – { TIME($end) }

    Басы мен соңын жазыңыз, мысалы 18:00 – 22:30, немесе тек соңын.
duty-fix-why =
    ✏️ { MOMENT($start, width: "short") } – { TIME($end) } · <b>{ DURATION($length) }</b>

    Неге? Себебін жазыңыз: оны көмекші оқиды.
duty-fix-done = ✅ Түзетілді, көмекшіге хабар барады.
duty-day-open = 📅 Күндер бойынша
duty-day-list = { $count ->
    [0] 📅 <b>{ DATE($day, width: "short") }</b>: ауысым жоқ.
   *[other] 📅 <b>{ DATE($day, width: "short") }</b> · Ауысым: <b>{ $count }</b>
 }
duty-day-row = { $state ->
    [open] 🟢 { TIME($start) } · { $name }
    [unconfirmed] ⚠️ { TIME($start) } · { $name }
   *[closed] { TIME($start) } – { TIME($end) } · { $name }
 }
duty-day-beside = { $later ->
    [true] { DATE($day, width: "short") } ▶
   *[false] ◀ { DATE($day, width: "short") }
 }
duty-day-pick = ✏️ Бірнешеуін түзету
day-fix-ask =
    ✏️ <b>{ DATE($day, width: "short") }</b>
    Қай ауысымдар түзетіледі?
    { $count ->
        [0] Соларды басыңыз.
       *[other] Таңдалғаны: { $total } ауысымнан <b>{ $count }</b>.

            Дұрыс уақытын жазыңыз, мысалы 18:00 – 22:30, немесе тек соңын: 22:30.
    }
day-fix-all = ✅ Бәрі
day-fix-none = ⬜ Ешқайсысы
day-fix-proposal = { $name }: <b>{ TIME($start) } – { TIME($end) }</b> · { DURATION($length) }
day-fix-refused = ⚠️ { $name }: өзгермейді. { $reason }
day-fix-more = … тағы { $count }
day-fix-why =
    ✏️ <b>Былай болады:</b>
    { $proposals }

    Неге? Себебін жазыңыз: оны көмекшілер оқиды.
day-fix-done = { $count ->
    [0] ⚠️ Ештеңе түзетілмеді.
   *[other] ✅ Түзетілді: { $count }, көмекшілерге хабар барады.
 }{ $left ->
    [0] { "" }
   *[other] { " " }Бұрынғыдай қалғаны: { $left }.
 }

notice-shift-closed = ⏹ Ауысым өздігінен жабылды: жауап болмады.
notice-shift-unconfirmed =
    ⚠️ <b>Ауысымыңыз қашан аяқталды?</b>

    Басталуы: { MOMENT($at, width: "short") }. Соңы көрсетілмейінше, сағат есептелмейді.
notice-shift-forgotten = 🔔 Соңы көрсетілмеген ауысым
notice-shifts-forgotten = 🔔 <b>{ $district }</b>: соңы көрсетілмей жабылған ауысымдар: <b>{ $count }</b>
forgotten-open = ⚠️ Барлық ұмытылған ауысымдар
notice-shift-settled =
    🕘 Үйлестіруші ауысымыңыздың уақытын көрсетті.
    { MOMENT($start, width: "short") } – { TIME($end) }: <b>{ DURATION($length) }</b> есептелді.
    Дұрыс емес пе? Ауысымды ашып, «✏️ Түзету» батырмасын басыңыз.
notice-correction = 🔔 Ауысымды түзетуді сұрайды
notice-correction-decided = { $state ->
    [approved] ✅ Ауысым түзетілді: { MOMENT($start, width: "short") } – { TIME($end) }.
   *[rejected] ❌ Ауысым өзгеріссіз қалды. Себебі: { $reason }
 }

error-shift-not-assistant = Ауысым көмекшілерге арналған. Өтінімді басты мәзірден беріңіз.
error-shift-trainee = Сіз тағылымгерсіз. Алдымен нұсқаулықтан өтіңіз: батырмасы басты мәзірде.
error-shift-suspended = Қызметіңіз тоқтатылған ({ DATE($at) }): { $reason }. Үйлестірушіге хабарласыңыз.
error-shift-dismissed = Сіз шығарылғансыз: { $reason }. Өтінімді басты мәзірден қайта беруге болады.
error-shift-no-briefing = Нұсқаулығыңыз енді жарамсыз. Қайта өтіңіз: батырмасы басты мәзірде.
error-shift-open = Сіз ауысымдасыз. Басталуы: { TIME($at) }.
error-shift-ended-since = Ауысым осы хабарламадан кейін аяқталды: { TIME($at) }. Жаңасын бастау үшін батырманы қайта басыңыз.
error-shift-none = Сіз ауысымда емессіз.
error-shift-ended = Бұл ауысым аяқталған: { MOMENT($at, width: "short") }.
error-shift-began-later = Хабарлама ауысымнан бұрын жіберілген. Ауысымның басталуы: { TIME($at) }. Аяқтау үшін батырманы қайта басыңыз.
error-location-wanted = Төмендегі батырмамен геолокация жіберіңіз немесе онсыз жалғастырыңыз.
error-location-forwarded = Бұл – қайта жіберілген орын. Төмендегі батырмамен өз орныңызды жіберіңіз немесе геолокациясыз бастаңыз.
error-location-old = Орын тым ерте жіберілген. Қайта жіберіңіз немесе геолокациясыз бастаңыз.
error-shift-time = Уақытын жазыңыз, мысалы 22:30.
error-shift-time-ahead = Ол уақыт әлі келген жоқ. Басталуы: { TIME($start) }.
error-nothing-chosen = Алдымен түзетілетін ауысымдарды басыңыз.
error-shift-span = Уақытты жазыңыз, мысалы 18:00 – 22:30, немесе тек соңын: 22:30.
error-shift-length = Ауысым басынан соңына дейін, ең көбі { $hours } сағат болады.
error-shift-overlap = Ол уақытта басқа ауысым болған: { MOMENT($at, width: "short") }.
error-shift-unbriefed = Ол уақытта жарамды нұсқаулық болмаған.
error-correction-open = Алдымен ауысымды аяқтаңыз, содан кейін түзетіңіз.
error-correction-late = Соңғы { $days } күннің ауысымын ғана түзетуге болады. Үйлестірушіге хабарласыңыз.
error-correction-waits = Бұл ауысымның түзетуі қаралып жатыр.
error-correction-same = Ауысымда дәл осы уақыт тұр.
error-correction-decided = Шешілген: { correction-state }, { MOMENT($at) }, { $by }.
error-correction-own = Өз ауысымыңыз туралы шешім шығара алмайсыз. Басқа үйлестірушіге немесе әкімшіге хабарласыңыз.
