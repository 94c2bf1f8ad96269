key-digest = 📊 Сводка
digest-choose = 📊 По какому району?
digest-title = { $kind ->
    [weekly] 📊 <b>{ $district }</b> · неделя: { DATE($first, width: "short") } – { DATE($last, width: "short") }
    [monthly] 📊 <b>{ $district }</b> · { DATE($first, width: "month") }
   *[daily] 📊 <b>{ $district }</b> · { DATE($first, width: "short") }
 }
digest-nothing = { $kind ->
    [weekly] 📊 { $district } · { DATE($first, width: "short") } – { DATE($last, width: "short") }: за неделю ничего не было, неделей раньше тоже.
    [monthly] 📊 { $district } · { DATE($first, width: "month") }: за месяц ничего не было, месяцем раньше тоже.
   *[daily] 📊 { $district } · { DATE($first, width: "short") }: за день ничего не было.
 }
digest-line = { $label }: <b>{ $value }</b> ({ $eve }, ⌀ { $before })
digest-line-long = { $label }: <b>{ $value }</b> ({ $before })
digest-brackets = { $kind ->
    [weekly] В скобках: неделей раньше.
    [monthly] В скобках: месяцем раньше.
   *[daily] В скобках: ⌀ за 7 дней.
 }
digest-brackets-eve = { $partial ->
    [true] До { TIME($at) }. В скобках: весь день накануне, ⌀ за 7 дней.
   *[false] В скобках: день накануне, ⌀ за 7 дней.
 }
digest-column-figure = Показатель
digest-column-count = { $kind ->
    [weekly] Неделя
    [monthly] Месяц
   *[daily] День
 }
digest-column-before = { $kind ->
    [weekly] Раньше
    [monthly] Раньше
   *[daily] ⌀ 7 дней
 }
digest-column-by = К { TIME($at) }
digest-column-eve = Накануне
digest-shifts = ⏱ Смены
digest-hours = 🕘 Время на сменах
digest-people = 👥 Охват, человек
digest-others = 📋 Другие результаты
digest-category = ▫ { $category }
digest-categories-rest = ▫ Другие виды
digest-duty = 🟢 Сейчас на смене: { $names }
digest-duty-more = 🟢 Сейчас на смене: { $names } и ещё { $count }
digest-duty-nobody = ⚪ Сейчас на смене никого нет.
digest-unheard = ⚠️ Данные неполные: с { MOMENT($since, width: "short") } до { MOMENT($until, width: "short") } сообщения не дошли.
digest-left = ⚠️ Нужно решить: <b>{ $count }</b>
digest-settled = ✅ Решать нечего.
digest-today-row = { $count ->
    [0] 📊 Сегодня
   *[other] 📊 Сегодня · ⚠️ { $count }
 }
digest-forgotten-row = ⏱ Когда закончена? { MOMENT($at, width: "short") } · { $name }
digest-recruit-row = 📥 Заявка · { $name }
digest-place-row = { $place ->
    [outside] ⚠️ Вне района: { MOMENT($at, width: "short") }, учесть · { $name }
   *[none] 📍 Без места: { MOMENT($at, width: "short") }, учесть · { $name }
 }
digest-stuck-row = 🎓 Попыток не осталось · { $name }
digest-slow-row = 🎓 Стажёр, напомнить · { $name }
digest-expiring-row = 📘 Инструктаж до { DATE($until, width: "short") }, напомнить · { $name }
digest-back = ◀ Сводка
digest-done-toast = Готово.
digest-reminded-toast = Напоминание отправлено.
digest-reminder = 📘 Координатор напоминает: пройдите обязательный инструктаж. Нажмите внизу «📘 Инструктаж».
digest-chart = 📈 <b>{ $district }</b>: время на сменах по дням
digest-file = 📎 <b>{ $district }</b> · { $kind ->
    [weekly] { DATE($first, width: "short") } – { DATE($last, width: "short") }
   *[monthly] { DATE($first, width: "month") }
 }: по помощникам и по дням
digest-chart-title = { $district }: время на сменах, часы
digest-chart-days-row = { DATE($first, width: "short") } – { DATE($last, width: "short") }
digest-chart-total-row = { $worked } ({ $kind ->
    [weekly] неделей раньше
   *[monthly] месяцем раньше
 }: { $before })
digest-chart-day = { $day ->
    [d1] пн
    [d2] вт
    [d3] ср
    [d4] чт
    [d5] пт
    [d6] сб
   *[d7] вс
 } { $number }
digest-sheet-assistants = По помощникам
digest-sheet-days = По дням
digest-sheet-day = Дата
digest-sheet-shifts = Смены
digest-sheet-hours = Зачтённое время, ч:мин
digest-sheet-people = Охват, человек
digest-sheet-other = Другие результаты
digest-sheet-category = Вид
digest-sheet-before = { $kind ->
    [weekly] Неделей раньше
   *[monthly] Месяцем раньше
 }
digest-sheet-total = Итого
digest-set-open = ⚙️ Настройки
digest-set = ⚙️ <b>{ $district }</b>: сводки приходят в <b>{ $at }</b>. За день: в дни с отметкой ✅. За неделю: по понедельникам. За месяц: первого числа. К обеим – диаграмма и таблица.
digest-set-never = ⚙️ <b>{ $district }</b>: сводка не приходит. Её всегда можно открыть: «📊 Сводка».
digest-set-weekly = { $chosen ->
    [true] ✅ За неделю: по понедельникам
   *[false] ▫ За неделю: по понедельникам
 }
digest-set-monthly = { $chosen ->
    [true] ✅ За месяц: первого числа
   *[false] ▫ За месяц: первого числа
 }
digest-set-time = { $chosen ->
    [true] ✅ { $at }
   *[false] { $at }
 }
digest-set-other = { $chosen ->
    [true] ✅ { $at } · другое
   *[false] 🕗 Другое время
 }
digest-set-ask = 🕗 Во сколько присылать сводки по <b>{ $district }</b>? Напишите время, например 07:30.
digest-set-day = { $chosen ->
    [true] ✅ { digest-weekday }
   *[false] ▫ { digest-weekday }
 }
digest-weekday = { $day ->
    [d1] Понедельник
    [d2] Вторник
    [d3] Среда
    [d4] Четверг
    [d5] Пятница
    [d6] Суббота
   *[d7] Воскресенье
 }
digest-set-quiet = { $chosen ->
    [true] 🔕 Без звука
   *[false] 🔔 Со звуком
 }
digest-set-toast = Сохранено.
error-digest-not-serving = Этот человек сейчас не участвует в работе.
error-digest-reminded = За последние семь дней уже напоминали.
