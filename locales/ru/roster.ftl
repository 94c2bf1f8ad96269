roster-open = 🗓 График дежурств
roster-plan = 🗓 Назначить дежурство
roster-person = 👤 Карточка
roster-list = { $count ->
    [0] 🗓 Дежурств пока нет. Чтобы назначить, откройте помощника.
   *[other] 🗓 Назначено дежурств: <b>{ $count }</b>
 }
roster-row = { MOMENT($start, width: "short") } – { TIME($end) } · { $name }
roster-own-row = 🗓 { MOMENT($start, width: "short") } – { TIME($end) }
roster-card =
    🗓 <b>{ MOMENT($start, width: "short") } – { TIME($end) }</b>
    👤 { $name }
    📱 { $phone }
    📍 { $district }
    { $outcome ->
        [ahead] ⏳ назначено
        [kept] ✅ смена начата
        [missed] ⚠️ смена не начата
       *[cancelled] ✖ отменено
     }
roster-cancel = ✖ Отменить дежурство
roster-cancelled-toast = Отменено, помощнику сообщим.

plan-day = { $ahead ->
    [0] Сегодня
    [1] Завтра
   *[other] { DATE($day, width: "short") }
 }
plan-day-ask = { $count ->
    [0] 🗓 В какой день дежурит <b>{ $name }</b>?
   *[other] 🗓 В какой день дежурит <b>{ $name }</b>?
    Уже назначено: { $count }
 }
plan-hours-ask =
    🗓 <b>{ $name }</b> · { DATE($day, width: "short") }

    С какого часа по какой? Выберите или напишите, например 18–22.
plan-done = ✅ Назначено: { MOMENT($start, width: "short") } – { TIME($end) }. Помощнику сообщим.

day-duty = { $more ->
    [0] 🗓 Дежурство: { MOMENT($start, width: "short") } – { TIME($end) }
   *[other] 🗓 Дежурство: { MOMENT($start, width: "short") } – { TIME($end) } и ещё { $more }
 }
day-duties = 🗓 Мои дежурства: { $count }
own-duties = { $count ->
    [0] 🗓 Дежурств у вас пока нет.
   *[other] 🗓 Ваши дежурства: <b>{ $count }</b>
 }
own-duties-line = { MOMENT($start, width: "short") } – { TIME($end) }
own-duties-more = … и ещё { $count }

shift-planned = 🗓 По графику: { TIME($start) } – { TIME($end) }
shift-unplanned = ▫️ вне графика
shift-planned-end =
    ⏰ <b>Дежурство по графику до { TIME($at) }.</b>

    Смена закончилась? Завершите её или отметьте, что вы ещё на смене.

digest-missed-row = 🗓 Неявка: { MOMENT($at, width: "short") } · { $name }
digest-missed-note = ✔ Учтено
morning-title = 🗓 <b>{ $district }</b> · { DATE($day, width: "short") }: сегодня дежурят
morning-line = { TIME($start) } – { TIME($end) } · { $name }
morning-rest = … и ещё { $count }

notice-assignment-planned = 🗓 Вам назначено дежурство: <b>{ MOMENT($start, width: "short") } – { TIME($end) }</b>. Не можете прийти? Сообщите координатору.
notice-assignment-cancelled = ✖ Дежурство отменено: { MOMENT($start, width: "short") } – { TIME($end) }.
notice-assignment-soon = ⏰ Скоро дежурство: <b>{ MOMENT($start, width: "short") } – { TIME($end) }</b>.

error-assignment-hours = Напишите два времени, например 18–22 или 18:00–22:30.
error-assignment-past = Это время уже прошло. Выберите другое.
error-assignment-length = { $hours ->
    [one] Конец дежурства – после начала, не больше { $hours } часа.
    [few] Конец дежурства – после начала, не больше { $hours } часов.
   *[many] Конец дежурства – после начала, не больше { $hours } часов.
 }
error-assignment-overlap = На это время дежурство уже есть: { MOMENT($start, width: "short") } – { TIME($end) }.
error-assignment-same = Уже назначено в { TIME($at) }: { MOMENT($start, width: "short") } – { TIME($end) }.
error-assignment-status = Дежурить может только активный помощник, а этот: { assistant-status }.
error-assignment-cancelled = Уже отменено: { MOMENT($at, width: "short") }.
error-assignment-kept = Смена по этому дежурству начата: отменить нельзя.
error-assignment-over = Это дежурство уже закончилось.
