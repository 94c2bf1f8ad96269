roster-open = 🗓 Кезекшілік кестесі
roster-plan = 🗓 Кезекшілік тағайындау
roster-person = 👤 Карточка
roster-list = { $count ->
    [0] 🗓 Кезекшілік әзірге жоқ. Тағайындау үшін көмекшіні ашыңыз.
   *[other] 🗓 Тағайындалған кезекшілік: <b>{ $count }</b>
 }
roster-row = { MOMENT($start, width: "short") } – { TIME($end) } · { $name }
roster-own-row = 🗓 { MOMENT($start, width: "short") } – { TIME($end) }
roster-card =
    🗓 <b>{ MOMENT($start, width: "short") } – { TIME($end) }</b>
    👤 { $name }
    📱 { $phone }
    📍 { $district }
    { $outcome ->
        [ahead] ⏳ тағайындалды
        [kept] ✅ ауысым басталды
        [missed] ⚠️ ауысым басталмады
       *[cancelled] ✖ болмайды
     }
roster-cancel = ✖ Кезекшілікті болдырмау
roster-cancelled-toast = Кезекшілік болмайды, көмекшіге хабар барады.

plan-day = { $ahead ->
    [0] Бүгін
    [1] Ертең
   *[other] { DATE($day, width: "short") }
 }
plan-day-ask = { $count ->
    [0] 🗓 <b>{ $name }</b> қай күні кезекшілікте?
   *[other] 🗓 <b>{ $name }</b> қай күні кезекшілікте?
    Бұрын тағайындалғаны: { $count }
 }
plan-hours-ask =
    🗓 <b>{ $name }</b> · { DATE($day, width: "short") }

    Қай сағаттан қай сағатқа дейін? Таңдаңыз немесе жазыңыз, мысалы 18–22.
plan-done = ✅ Тағайындалды: { MOMENT($start, width: "short") } – { TIME($end) }. Көмекшіге хабар барады.

day-duty = { $more ->
    [0] 🗓 Кезекшілік: { MOMENT($start, width: "short") } – { TIME($end) }
   *[other] 🗓 Кезекшілік: { MOMENT($start, width: "short") } – { TIME($end) }, тағы { $more }
 }
day-duties = 🗓 Кезекшіліктерім: { $count }
own-duties = { $count ->
    [0] 🗓 Сізге кезекшілік әзірге тағайындалған жоқ.
   *[other] 🗓 Кезекшіліктеріңіз: <b>{ $count }</b>
 }
own-duties-line = { MOMENT($start, width: "short") } – { TIME($end) }
own-duties-more = … тағы { $count }

shift-planned = 🗓 Кесте бойынша: { TIME($start) } – { TIME($end) }
shift-unplanned = ▫️ кестеден тыс
shift-planned-end =
    ⏰ <b>Кесте бойынша кезекшілік соңы: { TIME($at) }.</b>

    Ауысым бітті ме? Аяқтаңыз немесе әлі ауысымда екеніңізді белгілеңіз.

digest-missed-row = 🗓 Келмеді: { MOMENT($at, width: "short") } · { $name }
digest-missed-note = ✔ Ескерілді
morning-title = 🗓 <b>{ $district }</b> · { DATE($day, width: "short") }: бүгінгі кезекшілер
morning-line = { TIME($start) } – { TIME($end) } · { $name }
morning-rest = … және тағы { $count }

notice-assignment-planned = 🗓 Сізге кезекшілік тағайындалды: <b>{ MOMENT($start, width: "short") } – { TIME($end) }</b>. Келе алмасаңыз, үйлестірушіге хабарлаңыз.
notice-assignment-cancelled = ✖ Кезекшілігіңіз болмайды: { MOMENT($start, width: "short") } – { TIME($end) }.
notice-assignment-soon = ⏰ Жақында кезекшілігіңіз басталады: <b>{ MOMENT($start, width: "short") } – { TIME($end) }</b>.

error-assignment-hours = Екі уақытты жазыңыз, мысалы 18–22 немесе 18:00–22:30.
error-assignment-past = Ол уақыт өтіп кетті. Басқасын таңдаңыз.
error-assignment-length = Кезекшілік басынан кейін аяқталады, ең көбі { $hours } сағат болады.
error-assignment-overlap = Ол уақытта кезекшілік бар: { MOMENT($start, width: "short") } – { TIME($end) }.
error-assignment-same = Бұл кезекшілік тағайындалған ({ TIME($at) }): { MOMENT($start, width: "short") } – { TIME($end) }.
error-assignment-status = Тек белсенді көмекші кезекші бола алады, ал мұның мәртебесі: { assistant-status }.
error-assignment-cancelled = Бұрын болдырылмаған: { MOMENT($at, width: "short") }.
error-assignment-kept = Осы кезекшіліктің ауысымы басталған: болдырмауға болмайды.
error-assignment-over = Бұл кезекшілік аяқталған.
