# Сертификаты по списку: список, проверка, ход выдачи, остановка.

key-order = 🏅 Выдача сертификатов
order-office =
    🏅 <b>Выдача сертификатов</b>
    По списку – сразу многим. Ниже – последние выдачи.
order-new = ➕ По списку
order-one = 👤 Одному помощнику
# $state: running, done, stopped, forbidden или keyless; $issued из $total
order-row = { $state ->
    [running] ⏳
    [done] ✅
   *[stopped] ⏹
 } { $kind } · { $issued } из { $total }
order-kind-ask = 📜 Что выдать по списку?
order-basis-ask =
    📜 <b>{ $kind }</b>

    Напишите основание: по-казахски, а с новой строки – по-русски. Оно будет на каждом документе.
order-without-basis = Без основания ▶
# $example: как выглядит служебный номер
order-list-ask =
    📜 <b>{ $kind }</b>

    Пришлите служебные номера сообщением или файлом: XLSX, CSV, TXT. Номер пишется так: <code>{ $example }</code>. Имена рядом не мешают.

    Сначала покажу, кто получит. Выдам только после вашего подтверждения.
# $count: сколько получат; $refused: сколько строк не принято
order-check =
    📜 <b>{ $kind }</b>
    ✅ Получат: <b>{ $count }</b>
    ⚠️ Не принято строк: { $refused }
order-check-more = Можно прислать ещё номера: добавлю к этому списку.
order-dropped = ✖ Список отменён, по нему ничего не выдано.
order-refused-more = … и ещё: { $count }
# $number: номер, как он написан; $line: строка списка
order-refused-row = { $refusal ->
    [no_number] строка { $line }
   *[other] { $number }
 }: { order-refusal }
order-refusal = { $refusal ->
    [no_number] нет служебного номера
    [malformed] номер написан не так
    [check_digit] ошибка в номере
    [unknown] такого номера нет
    [doubled] уже есть в списке
    [dismissed] исключён
    [no_briefing] нет действующего инструктажа
   *[failed] не получилось, сообщите оператору
 }
order-issue = ✅ Выдать: { $count }
order-refused-get = 📄 Не принято: { $count } (XLSX)
order-refused = Не принято
order-column-line = Строка
order-column-number = Служебный номер
order-column-reason = Причина
# $total: скольким выдаётся
order-progress =
    { order-state }

    📜 { $kind }
    Выдано: <b>{ $issued }</b> из { $total }
    Не принято: { $refused }
order-state = { $state ->
    [running] ⏳ <b>Выдаю…</b>
    [done] ✅ <b>Готово.</b>
    [stopped] ⏹ <b>Остановлено.</b>
    [forbidden] ⛔ <b>Остановлено:</b> у вас больше нет права выдавать.
   *[keyless] ⛔ <b>Остановлено:</b> ключ подписи выведен из употребления. Сообщите оператору.
 }
order-stop = ⏹ Остановить
order-resume = ▶ Продолжить: { $count }
order-stopped-toast = Остановлено. Выдано: { $issued }.
order-done-toast = Уже выдано всё: { $issued }.
order-dropped-toast = Отменено. Ничего не выдано.

error-list-wanted = Пришлите список сообщением или файлом: XLSX, CSV, TXT.
error-list-empty = В списке нет служебных номеров.
error-list-form = Файл не читается. Сохраните список как XLSX, CSV или TXT.
error-list-large = Таблица слишком велика. Оставьте в ней только служебные номера.
error-list-long = Список слишком длинный: можно не больше { $limit } строк.
error-file-large = Файл слишком большой: можно не больше { $limit } МБ.
error-file-lost = Файл не удалось получить. Пришлите его ещё раз.
error-order-confirmed = Этот список уже подтверждён.
error-order-nobody = По этому списку выдать некому.
