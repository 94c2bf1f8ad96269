key-result = ➕ Нәтиже
key-my-day = 📅 Менің күнім

activity-kinds = ➕ <b>Не істелді?</b>
activity-begun-toast = Басталған: төмендегі сұраққа жауап беріңіз.
activity-go-on = ▶ Жалғастыру: { $name }
activity-more = Тағы ▸
activity-title = <b>{ $name }</b>
activity-emergency = 🚨 <b>Қауіп бар ма? Алдымен { $police } немесе { $emergency } нөміріне қоңырау шалыңыз.</b>
activity-limit = <i>{ $limit }</i>
activity-late = 🕘 { MOMENT($at, width: "short") } аяқталған ауысымға жазылады.
activity-value = { activity-field }: <b>{ $value }</b>
activity-field = { $field ->
    [area] Орын
    [period] Уақыт
    [partner] Серіктес
    [topic] Тақырып
    [audience] Кіммен
    [format] Түрі
    [people] Қамту, адам
    [homes] Үй саны
    [copies] Дана саны
    [operation] Операция
    [event] Іс-шара
    [officer] Полиция қызметкері
    [category] Санаты
    [handed_to] Кімге берілді
    [reference] Тіркеу нөмірі
    [age_group] Кім ізделуде
    [found] Табылды ма
    [adult] Жанындағы ересек
    [action] Не істелді
    [hours] Ұзақтығы
   *[note] Ескертпе
 }
activity-question = { $field ->
    [area] <b>Қай жерде?</b> Көшені, саябақты, ауылды жазыңыз.
    [period] <b>Қашан?</b> Басыңыз немесе былай жазыңыз: 21:00 – 22:10.
    [partner] <b>Қай серіктеспен?</b> Тегін жазыңыз.
    [topic] <b>Қандай тақырыпта?</b>
    [audience] <b>Кіммен?</b>
    [format] <b>Қандай түрде?</b>
    [people] <b>Неше адам?</b> Басыңыз немесе санын жазыңыз.
    [homes] <b>Неше үй?</b> Басыңыз немесе санын жазыңыз.
    [copies] <b>Неше дана?</b> Басыңыз немесе санын жазыңыз.
    [operation] <b>Қай операция?</b>
    [event] <b>Қандай іс-шара?</b> Атауын жазыңыз.
    [officer] <b>Қай полиция қызметкері қасыңызда болды?</b> Атағы мен тегін жазыңыз.
    [category] <b>Қандай құқық бұзушылық?</b>
    [handed_to] <b>Кімге берілді?</b>
    [reference] <b>Қандай нөмірмен тіркелді?</b> Жазыңыз.
    [age_group] <b>Кім ізделуде?</b> Есімсіз.
    [found] <b>Табылды ма?</b>
    [adult] <b>Жанында кім болды: полицей, мұғалім, ата-ана?</b> Жазыңыз.
    [action] <b>Не істелді?</b> Қысқаша, есімсіз жазыңыз.
    [hours] <b>Қанша уақыт?</b> Басыңыз немесе былай жазыңыз: 1:30.
   *[note] <b>Ескертпе бар ма?</b> Есімсіз, мекенжайсыз жазыңыз.
 }
activity-form = <b>Бәрі дұрыс па?</b> Сақтаңыз немесе түзетіңіз.
activity-attached = 📎 Тіркелгені: { $count }
activity-attached-draft = 📎 Жібергеніңіз қоса тіркеледі.
activity-save = ✅ Сақтау
activity-save-now = ✅ Қазір сақтау
activity-skip = ⏭ Бос қалдыру
activity-change = ✏️ { activity-field }
activity-fill = ➕ { activity-field }
activity-period = { TIME($begins) } – { TIME($ends) }
activity-yes = Иә
activity-no = Жоқ
activity-choice = { $choice ->
    [single] бір адам
    [group] топ
    [meeting] жиналыс
    [police] 102
    [officer] полиция қызметкері
    [akimat] әкімдік
    [child] бала
   *[adult] ересек
 }
activity-same-ask =
    ⚠️ <b>Бұл сол нәтиже ме?</b>

    { $name } – сақталған уақыты { TIME($at) }:
activity-same-yes = Иә, соның өзі
activity-same-no = Жоқ, басқасы
activity-overlap-ask =
    ⚠️ <b>Уақыты қабаттасады.</b>

    Мынау бар: { $name }, { TIME($begins) } – { TIME($ends) }.
activity-overlap-change = ✏️ Уақытын өзгерту
activity-overlap-save = Бәрібір сақтау
activity-saved = ✅ <b>Сақталды: { TIME($at) }</b>
activity-saved-toast = Сақталды: { TIME($at) }.
activity-saved-again-toast = Сақталып қойған: { TIME($at) }.

entry-state = { entry-state-name } · { MOMENT($at, width: "short") }
entry-state-name = { $state ->
    [submitted] 📤 жіберілді
    [edited] 📤 қайта жіберілді
    [has_issues] ⚠️ қайтарылды
    [approved] ✅ қабылданды
    [rejected] ❌ қабылданбады
   *[withdrawn] ✖ қайтарып алынды
 }
entry-row = { $state ->
    [has_issues] ⚠️ { $kind } { $time } { $what }
    [approved] ✅ { $kind } { $time } { $what }
    [rejected] ❌ { $kind } { $time } { $what }
    [withdrawn] ✖ { $kind } { $time } { $what }
   *[submitted] { $kind } { $time } { $what }
 }
entry-overlaps = ⚠️ Уақыты басқа жазбамен қабаттасады.
entry-outside = ⚠️ Өз ауысымының уақытынан тыс.
entry-reason = 💬 { $reason }
entry-edit = ✏️ Өзгерту
entry-undo = ↩ Болдырмау
entry-withdraw = ✖ Қайтарып алу
entry-another = ➕ Тағы нәтиже
entry-history = 🕘 Тарихы
entry-withdrawn = ✅ Қайтарып алынды. Жазба тарихта қалады, есепке кірмейді.
entry-withdrawn-toast = Қайтарып алынды.
entry-same-toast = Ештеңе өзгерген жоқ.
entry-unsaved-toast = Өзгерістер сақталмады. Соңғы сақталған уақыты: { TIME($at) }.
entry-withdraw-ask =
    ✖ { $name }, { MOMENT($at, width: "short") }

    Неге қайтарып аласыз? Себебін жазыңыз: ол тарихта қалады.
entry-versions = 🕘 <b>Тарихы</b>: нұсқа саны: { $count }
entry-versions-more = … тағы { $count }
entry-version = <b>{ $number }.</b> { MOMENT($at, width: "short") } · { $by } · { entry-state-name }
entry-by-you = сіз
entry-was = – бұрын: { activity-field }: { $value }
entry-was-line = – бұрын: { $line }
entry-was-empty = – бұрын бос еді: { activity-field }

attachment-ask = { $kind ->
    [photo] 📎 <b>Фото неге қатысты?</b>
    [voice] 📎 <b>Дауыстық хабар неге қатысты?</b>
    [location] 📎 <b>Орын неге қатысты?</b>
   *[document] 📎 <b>Құжат неге қатысты?</b>
 }
attachment-caption = Астындағы жазу сақталмайды: оны ескертпеге жазыңыз.
attachment-faces = 🚫 Фотода адам беті, құжат, көлік нөмірі болмасын.
attachment-new = ➕ Жаңа нәтиже
attachment-none = ✖ Ештеңеге, өшіру
attachment-open = 📋 Жазбаны ашу
attachment-settled = 📎 Жазбаға тіркелді.
attachment-attached-toast = Тіркелді. Жазбада енді: { $count }.
attachment-forgotten = ✖ Өшірілді.

day-title = 📅 <b>Менің күнім</b> · { DATE($day, width: "short") }
day-no-shift = ▫️ Бүгін ауысым болған жоқ.
day-on-shift = 🟢 Ауысымдасыз. Басталуы: { TIME($at) }
day-unconfirmed = ⚠️ Басталуы { TIME($at) } ауысымның соңы айтылмаған.
day-shift = ⏹ Ауысым { TIME($start) } – { TIME($end) }: <b>{ DURATION($length) }</b>
day-entries = 📋 Нәтиже: <b>{ $count }</b> · қамту: <b>{ $people_total }</b>
day-this-month = <b>Осы ай.</b> Ауысым: { $count } · { DURATION($worked) }
day-last-month = <b>Өткен ай.</b> Ауысым: { $count } · { DURATION($worked) }
day-month-unconfirmed = ⚠️ Соңы айтылмаған, сағаты есептелмеген: { $count }
day-month-results = { $kinds } · қамту: { $people_total }
day-others = басқасы: { $count }
day-states = { $states }
day-state = { $state ->
    [submitted] жіберілді: { $count }
    [edited] қайта жіберілді: { $count }
    [has_issues] қайтарылды: { $count }
    [approved] қабылданды: { $count }
    [rejected] қабылданбады: { $count }
   *[withdrawn] қайтарып алынды: { $count }
 }
day-briefing = 🎓 Нұсқаулықтың жарамды мерзімі: { DATE($until, width: "long") }
day-returned = ⚠️ Сізге қайтарылды: { $count }
day-waiting = 📎 Жазбасыз: { $count }
day-all-entries = 📋 Барлық нәтиже
day-my-shifts = 🕘 Ауысымдар
day-hours = 📊 Сағаттар
day-certificates = 📜 Сертификаттар: { $count }
day-chart-title = Осы айдағы сағаттарым
day-chart-total = Барлығы: { DURATION($worked) }
entries-title = 📋 <b>Ауысым: { MOMENT($at, width: "short") }</b>
entries-returned = { $count ->
    [0] ✅ Сізге ештеңе қайтарылмады.
   *[other] ⚠️ <b>Сізге қайтарылды: { $count }</b>. Себебін көріп, түзету үшін ашыңыз.
 }

error-activity-kind = Бұл түрі енді жазылмайды. Басқасын таңдаңыз.
error-activity-lost = Бұл жоба енді жоқ. Сақталғандары – «📅 Менің күнім» ішінде.
error-activity-no-shift = Нәтиже ауысымда жазылады. Алдымен ауысымды бастаңыз.
error-activity-late = Ауысым { MOMENT($at, width: "short") } аяқталды; нәтиже келесі түске дейін қабылданды. Үйлестірушіден түзетуді сұраңыз.
error-activity-status = Нәтижені тек белсенді көмекші жазады. Үйлестірушіге айтыңыз.
error-choose-button = Батырмамен таңдаңыз.
error-words-wanted = Сөзбен жазыңыз.
error-words-long = Тым ұзын: { $length } таңба. Ең көбі { $limit }.
error-count-form = Тек санды жазыңыз: 1 мен { $limit } аралығында, мысалы 12.
error-count-range = Сан 1 мен { $limit } аралығында болуы керек.
error-hours-form = Ұзақтығын 0:15-тен 24:00-ге дейін жазыңыз, мысалы 1:30.
error-period-form = Екі уақытты жазыңыз, мысалы 21:00 – 22:10.
error-period-order = Соңы басынан кейін болуы керек.
error-period-ahead = Бұл уақыт әлі келген жоқ. Қазірге дейінгі уақытты жазыңыз.
error-period-before-shift = Бұл уақыт ауысымнан бұрын. Ауысымның басталуы: { TIME($at) }. Содан кейінгі уақытты көрсетіңіз.
error-period-after-shift = Бұл уақыт ауысымнан кейін. Ауысымның аяқталуы: { TIME($at) }. Соған дейінгі уақытты көрсетіңіз.
error-officer-wanted = Есепте тұрған тұлғалармен – тек полиция қызметкері болғанда. Қызметкерді жазыңыз.
error-field-missing = Жетіспейді: { activity-field }.
error-field-value = Бұлай болмайды: { activity-field }. Қайта таңдаңыз.
error-undo-late = Енді болдырмауға болмайды. «✖ Қайтарып алу» – себебімен.
error-entry-changed = Өзгертіліп қойған: { TIME($at) }.
error-entry-withdrawn = Қайтарып алынған: { TIME($at) }.
error-attachment-size = Файл тым үлкен: ең көбі { $limit } МБ.
error-attachment-kind = Тек фото, дауыстық хабар, құжат пен орын тіркеледі.
error-attachment-no-shift = Фото мен басқасы тек ауысымда қабылданады.
error-attachment-assigned = Бұл жазбаға тіркеліп қойған.
