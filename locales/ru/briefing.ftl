key-briefing = 📘 Инструктаж
menu-briefing-due = 📘 Пройдите инструктаж: без него смену не начать.
profile-briefing = 📘 Инструктаж { $version } · действует до { DATE($until, width: "long") }
profile-no-briefing = 📘 Нужно пройти инструктаж.

briefing-intro = { $why ->
    [new_version] 🆕 Вышла новая версия инструктажа: пройдите её с начала.
    [repeat] 🔁 Пора пройти инструктаж ещё раз.
   *[first] 📘 Последний шаг перед службой – инструктаж.
 }

    <b>{ $title }</b>

    Модулей: { $modules }. В конце тест: вопросов { $asked }, верных ответов нужно не меньше { $needed }.
    Срок действия, месяцев: { $months }.

    Можно прерваться в любой момент и продолжить с того же места.
briefing-begin = ▶ Начать
briefing-next = Дальше ▶
briefing-module =
    <b>{ $number } из { $total }. { $title }</b>{ $pages ->
        [1] { "" }
       *[other] { " " }· { $page }/{ $pages }
    }

    { $text }
briefing-read-again = 📖 Перечитать
briefing-repeat = 🔁 Пройти ещё раз сейчас
briefing-undertaking =
    🎉 <b>Тест сдан: { $score } из { $asked }.</b>

    { $text }

    <i>Версия { $version }</i>
briefing-sign = ✅ Прочитано, обязуюсь соблюдать
briefing-signed =
    ✅ <b>Подписано.</b> Действует до { DATE($until, width: "long") }

    { $next ->
        [first] Теперь ваш статус – активен. Дальше – первая смена: начните её из главного меню.
        [suspended] Ваше участие пока приостановлено: ждите решения координатора.
       *[active] Можно выходить на смену.
    }
briefing-holding =
    ✅ <b>Инструктаж пройден.</b>

    Действует до { DATE($until, width: "long") }

quiz-ready =
    ✅ <b>Все модули прочитаны.</b>

    Тест: вопросов { $asked }, верных ответов нужно не меньше { $needed }.
    Осталось попыток: <b>{ $tries }</b>.
quiz-start = ▶ Начать тест
quiz-question =
    <b>{ $number } из { $total }</b>

    { $text }

    { $options }
quiz-right-toast = ✅ Верно.
quiz-wrong =
    ❌ <b>Неверно.</b> { $question }

    Верный ответ: <b>{ $right }</b>

    { $explanation }
quiz-next = Следующий вопрос ▶
quiz-result = Узнать результат ▶
quiz-repeated-toast = На этот вопрос вы уже ответили: засчитан первый ответ.
quiz-failed = ❌ <b>Верно { $score } из { $asked }</b>, нужно { $needed }. Перечитайте:
quiz-failed-module = { $number }. { $title }
quiz-failed-more = … и ещё { $count }
quiz-tries-left = Осталось попыток: <b>{ $tries }</b>.
quiz-again = 🔁 Сдать ещё раз
quiz-paused = ⏸ Следующая попытка – <b>{ MOMENT($until) }</b>. Координатор уже знает.

briefing-stuck =
    👤 <b>{ $name }</b> · № { $number }
    📱 { $phone }
    📍 { $district }
    Тест: { $score } из { $asked }, нужно не меньше { $needed }. Ошибки в модулях:
briefing-stuck-until = ⏸ Следующая попытка: { MOMENT($until) }
briefing-stuck-over = ✅ Может сдавать ещё раз.
briefing-allow-try = 🔁 Разрешить попытку сейчас
briefing-try-allowed-toast = Разрешено, помощник получит сообщение.
briefing-open-card = 👤 Открыть карточку

notice-briefing-passed =
    🎓 <b>{ $name }</b>: инструктаж пройден.
    🪪 № { $number }
    📍 { $district }
    Тест: { $score } из { $asked } · действует до { DATE($until, width: "long") }
notice-briefing-stuck = ⚠️ Тест по инструктажу не сдан, попытки закончились. Позвоните и помогите разобраться.
notice-briefing-try-allowed = 🔁 Координатор разрешил ещё одну попытку сейчас.
notice-briefing-ending = ⏳ Ваш инструктаж действует до <b>{ DATE($until, width: "long") }</b>
    Пройдите его ещё раз заранее: без него смену не начать.
notice-briefing-new-version = 🆕 Вышла новая версия инструктажа. Пройдите её до следующей смены: без неё смену не начать.

journal-open = 📒 Журнал инструктажа
journal = 📒 <b>Журнал инструктажа</b>

    Кто, когда и с каким результатом прошёл. Выберите период и вид файла.
journal-empty = 📒 Ни в этом, ни в прошлом году инструктаж никто не проходил.
journal-get = { $period ->
    [month] Этот месяц ({ $count }) · { $form }
    [last] Прошлый месяц ({ $count }) · { $form }
    [lastyear] Прошлый год ({ $count }) · { $form }
   *[year] Этот год ({ $count }) · { $form }
 }
journal-title = Журнал инструктажа
journal-scope-row = { DATE($first, width: "long") } – { DATE($last, width: "long") } · { $places }
journal-column-name = Фамилия, имя
journal-column-service = Служебный номер
journal-column-district = Район
journal-column-version = Версия
journal-column-score = Результат
journal-column-signed = Подписано
journal-column-until = Действует до
journal-column-language = Язык
journal-column-hash = Подписанный текст, SHA-256
journal-texts = Подписанные тексты
journal-responsible = Ответственное лицо

error-briefing-assistants-only = Инструктаж проходят только помощники.
error-briefing-too-fast = Читайте, пожалуйста: ещё { $seconds } с.
error-briefing-version = Вышла новая версия инструктажа. Пройдите её с начала.
error-briefing-order = Сначала прочитайте предыдущие модули.
error-briefing-signed = Уже подписано: { MOMENT($at) }.
error-briefing-not-stuck = Пауза уже закончилась.
error-briefing-try-allowed = Уже разрешено: { MOMENT($at) }.
error-quiz-over = Эта попытка закончена. Открыт текущий экран.
error-quiz-order = Сначала ответьте на вопрос на экране.
error-quiz-option = Такого ответа нет.
