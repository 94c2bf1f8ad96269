key-start-shift = ▶ Заступить на смену
key-end-shift = ⏹ Завершить смену
key-send-location = 📍 Отправить геопозицию
key-start-no-location = ▶ Заступить без геопозиции
key-end-no-location = ⏹ Завершить без геопозиции
key-my-shifts = 🕘 Мои смены
key-duty = 🟢 На смене
menu-draft = ✏️ Не закончено: { $name }. Продолжить: «{ key-result }»
menu-on-shift = 🟢 На смене с { TIME($at) }

shift-start-ask =
    ▶ <b>Где начинается смена?</b>

    Отправьте геопозицию кнопкой ниже: один раз сейчас и один раз в конце.
    Не получается? Заступите без неё: смена будет отмечена, и только.

    🚨 Экстренный случай: { $police } или { $emergency }.
shift-started = ▶ Смена начата в { TIME($at) }.
shift-end-ask =
    ⏹ <b>Завершить смену?</b> Начало: { TIME($at) }.

    Отправьте геопозицию или завершите без неё.
shift-ended = ⏹ Смена завершена: <b>{ DURATION($length) }</b>. Спасибо! Берегите себя по дороге домой.
shift-ended-long =
    ⏹ Смена завершена: <b>{ DURATION($length) }</b>.
    Это долго. Закончили раньше? Нажмите «✏️ Исправить» в отчёте смены.
shift-ended-late =
    ⏹ Смена завершена. Она началась давно: { MOMENT($at, width: "short") }.
    Когда она закончилась на самом деле? Выберите в отчёте смены: до этого часы не засчитаны.
shift-on-already = ✅ Вы уже на смене с { TIME($at) }.

shift-card-open = 🟢 <b>На смене с { TIME($at) }</b> · { DATE($at, width: "short") }
shift-card-unconfirmed = ⚠️ <b>Конец смены не указан</b>
    Начало: { MOMENT($at, width: "short") }. Часы не засчитаны, пока не указано, когда она закончилась.
shift-card-closed = ⏹ <b>Смена: { DURATION($length) }</b>
    { MOMENT($start, width: "short") } – { TIME($end) }
shift-place = { $place ->
    [inside] 📍 в районе
    [outside] ⚠️ вне района
    [unknown] 📍 место отмечено
   *[none] ▫️ без геопозиции
 }
shift-place-site = 📍 { $site }
shift-places = { $start } → { $end }
shift-results = { $count ->
    [one] 📋 { $count } результат · охват: { $people_total }
    [few] 📋 { $count } результата · охват: { $people_total }
   *[many] 📋 { $count } результатов · охват: { $people_total }
 }
shift-results-more = … и ещё { $count }
shift-track = 🔴 Маршрут: { $length } км
shift-asks-at = ⏰ В { TIME($at) } спросим, на смене ли вы ещё.
shift-is-asked = ❓ Вы ещё на смене? Ответьте на вопрос ниже.
shift-long = ⏱ Дольше обычного.
shift-outside = ⚠️ Вне времени смены, результатов: { $count }
shift-waits = ✏️ Исправление на рассмотрении: { TIME($start) } – { TIME($end) }
shift-card-live = 🔴 Маршрут вживую
shift-live-help-alert = Нажмите 📎, «Геопозиция», затем транслируйте её 8 часов. Маршрут пишется до конца смены; остановить можно в любой момент.
shift-live-on = 🔴 Трансляция включена: маршрут пишется до конца смены.
shift-correct = ✏️ Исправить
shift-open = 🕘 Показать смену

shift-end-at = { TIME($at) } · { DURATION($length) }
shift-end-other = 🕘 Другое время
shift-stay = ✅ Ещё на смене
shift-question =
    ❓ <b>Вы ещё на смене?</b>

    Начало: { TIME($at) }. Если смена закончилась, выберите, когда.
shift-stays = ✅ Хорошо. В { TIME($at) } спросим снова.
shift-end-time-ask =
    🕘 <b>Когда закончилась смена?</b> Начало: { MOMENT($at, width: "short") }.

    Напишите время, например 22:30.
shift-end-stated = ✅ { MOMENT($start, width: "short") } – { TIME($end) }: засчитано <b>{ DURATION($length) }</b>.

shifts-own = { $count ->
    [0] 🕘 Смен пока нет.
   *[other] 🕘 Мои смены: <b>{ $count }</b>
 }
shifts-own-row = { $state ->
    [open] 🟢 { MOMENT($start, width: "short") }
    [unconfirmed] ⚠️ { MOMENT($start, width: "short") }
   *[closed] { MOMENT($start, width: "short") } – { TIME($end) } · { DURATION($length) }
 }

correction-times-ask =
    ✏️ <b>Когда на самом деле была смена?</b>
    Сейчас: { MOMENT($start, width: "short") } – { TIME($end) }

    Напишите начало и конец, например 18:00 – 22:30, или выберите конец.
correction-why-ask =
    ✏️ { MOMENT($start, width: "short") } – { TIME($end) } · <b>{ DURATION($length) }</b>

    Почему? Напишите причину: её прочитает координатор.
correction-sent = ✅ Отправлено координатору. Решение придёт сюда.
correction-withdraw = ✖ Отозвать исправление
correction-withdrawn-toast = Отозвано.
correction-card =
    ✏️ <b>{ $name }</b>
    📱 { $phone }
    📍 { $district }
    Сейчас: { MOMENT($old_start, width: "short") } – { TIME($old_end) }
    Просит: <b>{ MOMENT($start, width: "short") } – { TIME($end) }</b> · { DURATION($length) }
    Причина: { $reason }
correction-state = { $state ->
    [pending] на рассмотрении
    [approved] одобрено
    [rejected] отклонено
   *[withdrawn] отозвано
 }
correction-decision = <b>{ correction-state }</b> · { MOMENT($at) } · { $by }
correction-approved-toast = Одобрено; помощник получит сообщение.
correction-refusal-ask =
    Почему смена остаётся как есть? <b>{ $name }</b>

    Напишите причину: её прочитает помощник.
correction-rejected-done = ✅ Отклонено; помощник получит сообщение.

duty-list = { $count ->
    [0] 🟢 Сейчас на смене никого нет.
   *[other] 🟢 Сейчас на смене: <b>{ $count }</b>
 }
duty-line = { TIME($since) } · <b>{ $name }</b> · { $phone } · { $place }{ $planned ->
    [true] { "" }
   *[false] { " " }· вне графика
 }
duty-row = { TIME($since) } · { $name }
duty-card =
    👤 <b>{ $name }</b>
    📱 { $phone }
    📍 { $district }
duty-forgotten = ⚠️ Забытые смены: { $count }
forgotten-list = { $count ->
    [0] ✅ Забытых смен нет.
   *[other] ⚠️ Смены без указанного конца: <b>{ $count }</b>
    Пока он не указан, часы не засчитаны.
 }
forgotten-settle-all = { $hours ->
    [one] Все: начало + { $hours } час
    [few] Все: начало + { $hours } часа
   *[many] Все: начало + { $hours } часов
 }
forgotten-reason-ask = { $count ->
    [one] <b>{ $count } смена</b> получит { DURATION($length) } от своего начала.
    [few] <b>{ $count } смены</b> получат по { DURATION($length) } от своего начала.
   *[many] <b>{ $count } смен</b> получат по { DURATION($length) } от своего начала.
 }

    Напишите причину: она сохранится, помощники получат сообщение.
forgotten-settled-toast = Указано; помощник получит сообщение.
forgotten-settled-done = ✅ Закрыто: { $count }. Осталось решить отдельно: { $left }.
shifts-of = { $count ->
    [0] 🕘 <b>{ $name }</b>: смен пока нет.
   *[other] 🕘 <b>{ $name }</b>. Смен: <b>{ $count }</b>
 }
duty-request = ✏️ Просят исправить: решить
duty-end-ask =
    🕘 <b>{ $name }</b>. Когда закончилась смена? Начало: { MOMENT($at, width: "short") }.

    Напишите время, например 22:30.
duty-fix-ask =
    ✏️ <b>{ $name }</b>. Когда на самом деле была смена?
    Сейчас: { MOMENT($start, width: "short") } – { TIME($end) }

    Напишите начало и конец, например 18:00 – 22:30, или только конец.
duty-fix-why =
    ✏️ { MOMENT($start, width: "short") } – { TIME($end) } · <b>{ DURATION($length) }</b>

    Почему? Напишите причину: её прочитает помощник.
duty-fix-done = ✅ Исправлено; помощник получит сообщение.
duty-day-open = 📅 По дням
duty-day-list = { $count ->
    [0] 📅 <b>{ DATE($day, width: "short") }</b>: смен нет.
   *[other] 📅 <b>{ DATE($day, width: "short") }</b> · Смен: <b>{ $count }</b>
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
duty-day-pick = ✏️ Исправить несколько
day-fix-ask =
    ✏️ <b>{ DATE($day, width: "short") }</b>
    Какие смены исправить?
    { $count ->
        [0] Нажмите на них.
       *[other] Выбрано: <b>{ $count }</b> из { $total }.

            Напишите верное время, например 18:00 – 22:30, или только конец: 22:30.
    }
day-fix-all = ✅ Все
day-fix-none = ⬜ Ни одной
day-fix-proposal = { $name }: <b>{ TIME($start) } – { TIME($end) }</b> · { DURATION($length) }
day-fix-refused = ⚠️ { $name }: остаётся как есть. { $reason }
day-fix-more = … и ещё { $count }
day-fix-why =
    ✏️ <b>Станет так:</b>
    { $proposals }

    Почему? Напишите причину: её прочитают помощники.
day-fix-done = { $count ->
    [0] ⚠️ Ничего не исправлено.
   *[other] ✅ Исправлено: { $count }; помощники получат сообщение.
 }{ $left ->
    [0] { "" }
   *[other] { " " }Осталось как было: { $left }.
 }

notice-shift-closed = ⏹ Смена закрылась сама: ответа не было.
notice-shift-unconfirmed =
    ⚠️ <b>Когда закончилась ваша смена?</b>

    Начало: { MOMENT($at, width: "short") }. Пока конец не указан, часы не засчитаны.
notice-shift-forgotten = 🔔 Смена без указанного конца
notice-shifts-forgotten = 🔔 <b>{ $district }</b>: смены закрыты без указанного конца: <b>{ $count }</b>
forgotten-open = ⚠️ Все забытые смены
notice-shift-settled =
    🕘 Координатор указал время вашей смены.
    { MOMENT($start, width: "short") } – { TIME($end) }: засчитано <b>{ DURATION($length) }</b>.
    Неверно? Откройте смену и нажмите «✏️ Исправить».
notice-correction = 🔔 Просят исправить смену
notice-correction-decided = { $state ->
    [approved] ✅ Смена исправлена: { MOMENT($start, width: "short") } – { TIME($end) }.
   *[rejected] ❌ Смена остаётся как есть. Причина: { $reason }
 }

error-shift-not-assistant = Смены – для помощников. Подать заявку можно в главном меню.
error-shift-trainee = Вы стажёр. Сначала пройдите инструктаж: кнопка в главном меню.
error-shift-suspended = Вы приостановлены с { DATE($at) }: { $reason }. Обратитесь к координатору.
error-shift-dismissed = Вы исключены: { $reason }. Снова подать заявку можно в главном меню.
error-shift-no-briefing = Инструктаж больше не действует. Пройдите его снова: кнопка в главном меню.
error-shift-open = Вы уже на смене с { TIME($at) }.
error-shift-ended-since = Смена завершена в { TIME($at) }, позже этого сообщения. Чтобы начать новую, нажмите кнопку ещё раз.
error-shift-none = Вы не на смене.
error-shift-ended = Эта смена уже завершена: { MOMENT($at, width: "short") }.
error-shift-began-later = Сообщение старше вашей смены: она началась в { TIME($at) }. Чтобы завершить её, нажмите кнопку ещё раз.
error-location-wanted = Отправьте геопозицию кнопкой ниже или продолжите без неё.
error-location-forwarded = Это пересланное место. Отправьте своё кнопкой ниже или заступите без геопозиции.
error-location-old = Место отправлено слишком давно. Отправьте ещё раз или заступите без геопозиции.
error-shift-time = Напишите время, например 22:30.
error-shift-time-ahead = Это время ещё не наступило. Начало: { TIME($start) }.
error-nothing-chosen = Сначала нажмите на смены, которые исправить.
error-shift-span = Напишите время, например 18:00 – 22:30, или только конец: 22:30.
error-shift-length = { $hours ->
    [one] Смена длится от начала до конца, не больше { $hours } часа.
    [few] Смена длится от начала до конца, не больше { $hours } часов.
   *[many] Смена длится от начала до конца, не больше { $hours } часов.
 }
error-shift-overlap = В это время была другая смена: { MOMENT($at, width: "short") }.
error-shift-unbriefed = В это время не было действующего инструктажа.
error-correction-open = Сначала завершите смену, потом исправляйте.
error-correction-late = { $days ->
    [one] Исправить можно смены за последний { $days } день. Обратитесь к координатору.
    [few] Исправить можно смены за последние { $days } дня. Обратитесь к координатору.
   *[many] Исправить можно смены за последние { $days } дней. Обратитесь к координатору.
 }
error-correction-waits = Исправление этой смены уже на рассмотрении.
error-correction-same = Такое время у смены уже стоит.
error-correction-decided = Уже решено: { correction-state }, { MOMENT($at) }, { $by }.
error-correction-own = Нельзя решать о своей смене. Обратитесь к другому координатору или администратору.
