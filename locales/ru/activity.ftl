key-result = ➕ Результат
key-my-day = 📅 Мой день

activity-kinds = ➕ <b>Что сделано?</b>
activity-begun-toast = Уже начато: ответьте на вопрос ниже.
activity-go-on = ▶ Продолжить: { $name }
activity-more = Ещё ▸
activity-title = <b>{ $name }</b>
activity-emergency = 🚨 <b>Опасность? Сначала звоните { $police } или { $emergency }.</b>
activity-limit = <i>{ $limit }</i>
activity-late = 🕘 Войдёт в смену, что завершилась { MOMENT($at, width: "short") }.
activity-value = { activity-field }: <b>{ $value }</b>
activity-field = { $field ->
    [area] Место
    [period] Время
    [partner] Напарник
    [topic] Тема
    [audience] С кем
    [format] Форма
    [people] Охват, человек
    [homes] Домов
    [copies] Экземпляров
    [operation] Операция
    [event] Мероприятие
    [officer] Сотрудник полиции
    [category] Категория
    [handed_to] Кому передано
    [reference] Номер регистрации
    [age_group] Кого ищут
    [found] Найден
    [adult] Взрослый рядом
    [action] Что сделано
    [hours] Длительность
   *[note] Примечание
 }
activity-question = { $field ->
    [area] <b>Где?</b> Напишите улицу, парк, село.
    [period] <b>Когда?</b> Нажмите или напишите: 21:00 – 22:10.
    [partner] <b>С каким напарником?</b> Напишите фамилию.
    [topic] <b>На какую тему?</b>
    [audience] <b>С кем?</b>
    [format] <b>В какой форме?</b>
    [people] <b>Сколько человек?</b> Нажмите или напишите число.
    [homes] <b>Сколько домов?</b> Нажмите или напишите число.
    [copies] <b>Сколько экземпляров?</b> Нажмите или напишите число.
    [operation] <b>Какая операция?</b>
    [event] <b>Какое мероприятие?</b> Напишите название.
    [officer] <b>Какой сотрудник полиции был рядом?</b> Напишите звание и фамилию.
    [category] <b>Какое правонарушение?</b>
    [handed_to] <b>Кому передано?</b>
    [reference] <b>Под каким номером зарегистрировано?</b> Напишите его.
    [age_group] <b>Кого ищут?</b> Без имён.
    [found] <b>Найден?</b>
    [adult] <b>Кто был рядом: полицейский, учитель, родитель?</b> Напишите.
    [action] <b>Что сделано?</b> Напишите коротко, без имён.
    [hours] <b>Сколько времени?</b> Нажмите или напишите: 1:30.
   *[note] <b>Примечание?</b> Напишите без имён и адресов.
 }
activity-form = <b>Всё верно?</b> Сохраните или исправьте.
activity-attached = 📎 Приложено: { $count }
activity-attached-draft = 📎 Присланное будет приложено.
activity-save = ✅ Сохранить
activity-save-now = ✅ Сохранить сейчас
activity-skip = ⏭ Оставить пустым
activity-change = ✏️ { activity-field }
activity-fill = ➕ { activity-field }
activity-period = { TIME($begins) } – { TIME($ends) }
activity-yes = Да
activity-no = Нет
activity-choice = { $choice ->
    [single] один человек
    [group] группа
    [meeting] собрание
    [police] 102
    [officer] сотрудник полиции
    [akimat] акимат
    [child] ребёнок
   *[adult] взрослый
 }
activity-same-ask =
    ⚠️ <b>Это одно и то же?</b>

    { $name } – сохранено в { TIME($at) }:
activity-same-yes = Да, то же самое
activity-same-no = Нет, другое
activity-overlap-ask =
    ⚠️ <b>Время пересекается.</b>

    Уже есть { $name }: { TIME($begins) } – { TIME($ends) }.
activity-overlap-change = ✏️ Изменить время
activity-overlap-save = Всё равно сохранить
activity-saved = ✅ <b>Сохранено в { TIME($at) }</b>
activity-saved-toast = Сохранено в { TIME($at) }.
activity-saved-again-toast = Уже сохранено в { TIME($at) }.

entry-state = { entry-state-name } · { MOMENT($at, width: "short") }
entry-state-name = { $state ->
    [submitted] 📤 отправлено
    [edited] 📤 отправлено снова
    [has_issues] ⚠️ возвращено
    [approved] ✅ принято
    [rejected] ❌ отклонено
   *[withdrawn] ✖ отозвано
 }
entry-row = { $state ->
    [has_issues] ⚠️ { $kind } { $time } { $what }
    [approved] ✅ { $kind } { $time } { $what }
    [rejected] ❌ { $kind } { $time } { $what }
    [withdrawn] ✖ { $kind } { $time } { $what }
   *[submitted] { $kind } { $time } { $what }
 }
entry-overlaps = ⚠️ Время пересекается с другой записью.
entry-outside = ⚠️ Вне времени своей смены.
entry-reason = 💬 { $reason }
entry-edit = ✏️ Изменить
entry-undo = ↩ Отменить
entry-withdraw = ✖ Отозвать
entry-another = ➕ Ещё результат
entry-history = 🕘 История
entry-withdrawn = ✅ Отозвано. Запись остаётся в истории и больше не считается.
entry-withdrawn-toast = Отозвано.
entry-same-toast = Ничего не изменилось.
entry-unsaved-toast = Изменения не сохранились. Последнее сохранение – в { TIME($at) }.
entry-withdraw-ask =
    ✖ { $name }, { MOMENT($at, width: "short") }

    Почему запись отзывается? Напишите причину: она останется в истории.
entry-versions = 🕘 <b>История</b>: версий: { $count }
entry-versions-more = … и ещё { $count }
entry-version = <b>{ $number }.</b> { MOMENT($at, width: "short") } · { $by } · { entry-state-name }
entry-by-you = вы
entry-was = – было: { activity-field }: { $value }
entry-was-line = – было: { $line }
entry-was-empty = – было пусто: { activity-field }

attachment-ask = { $kind ->
    [photo] 📎 <b>К чему относится фото?</b>
    [voice] 📎 <b>К чему относится голосовое сообщение?</b>
    [location] 📎 <b>К чему относится место?</b>
   *[document] 📎 <b>К чему относится документ?</b>
 }
attachment-caption = Подпись не сохраняется: напишите её в примечании.
attachment-faces = 🚫 Без лиц, документов и номеров машин на фото.
attachment-new = ➕ Новый результат
attachment-none = ✖ Ни к чему, удалить
attachment-open = 📋 Открыть запись
attachment-settled = 📎 Приложено к записи.
attachment-attached-toast = Приложено. У записи теперь: { $count }.
attachment-forgotten = ✖ Удалено.

day-title = 📅 <b>Мой день</b> · { DATE($day, width: "short") }
day-no-shift = ▫️ Сегодня смены не было.
day-on-shift = 🟢 На смене с { TIME($at) }
day-unconfirmed = ⚠️ У смены с { TIME($at) } не указан конец.
day-shift = ⏹ Смена { TIME($start) } – { TIME($end) }: <b>{ DURATION($length) }</b>
day-entries = 📋 Результатов: <b>{ $count }</b> · охват: <b>{ $people_total }</b>
day-this-month = <b>Этот месяц.</b> Смен: { $count } · { DURATION($worked) }
day-last-month = <b>Прошлый месяц.</b> Смен: { $count } · { DURATION($worked) }
day-month-unconfirmed = ⚠️ Без указанного конца и потому без часов: { $count }
day-month-results = { $kinds } · охват: { $people_total }
day-others = другое: { $count }
day-states = { $states }
day-state = { $state ->
    [submitted] отправлено: { $count }
    [edited] отправлено снова: { $count }
    [has_issues] возвращено: { $count }
    [approved] принято: { $count }
    [rejected] отклонено: { $count }
   *[withdrawn] отозвано: { $count }
 }
day-briefing = 🎓 Инструктаж действует до { DATE($until, width: "long") }
day-returned = ⚠️ Возвращено вам: { $count }
day-waiting = 📎 Без записи: { $count }
day-all-entries = 📋 Все результаты
day-my-shifts = 🕘 Смены
day-hours = 📊 Часы
day-certificates = 📜 Сертификаты: { $count }
day-chart-title = Мои часы в этом месяце
day-chart-total = Всего: { DURATION($worked) }
entries-title = 📋 <b>Смена { MOMENT($at, width: "short") }</b>
entries-returned = { $count ->
    [0] ✅ Вам ничего не возвращено.
   *[other] ⚠️ <b>Возвращено вам: { $count }</b>. Откройте, чтобы узнать причину и исправить.
 }

error-activity-kind = Такой результат больше не записывают. Выберите другой.
error-activity-lost = Этого черновика уже нет. Сохранённое – в «📅 Мой день».
error-activity-no-shift = Результаты записывают на смене. Сначала заступите на смену.
error-activity-late = Смена завершилась { MOMENT($at, width: "short") }; результаты принимались до ближайшего полудня. Попросите координатора исправить.
error-activity-status = Результаты записывает только активный помощник. Обратитесь к координатору.
error-choose-button = Выберите кнопкой.
error-words-wanted = Напишите словами.
error-words-long = Слишком длинно, знаков: { $length }. Можно не больше { $limit }.
error-count-form = Напишите только число от 1 до { $limit }, например 12.
error-count-range = Число должно быть от 1 до { $limit }.
error-hours-form = Напишите длительность от 0:15 до 24:00, например 1:30.
error-period-form = Напишите два времени, например 21:00 – 22:10.
error-period-order = Конец должен быть позже начала.
error-period-ahead = Это ещё не наступило. Напишите время до этой минуты.
error-period-before-shift = Это раньше смены: она началась в { TIME($at) }. Укажите время не раньше её начала.
error-period-after-shift = Это позже смены: она завершилась в { TIME($at) }. Укажите время не позже её конца.
error-officer-wanted = С лицами, состоящими на учёте, – только при сотруднике полиции. Укажите сотрудника.
error-field-missing = Не хватает: { activity-field }.
error-field-value = Так нельзя: { activity-field }. Выберите ещё раз.
error-undo-late = Отменить уже нельзя. «✖ Отозвать» – с причиной.
error-entry-changed = Уже изменено в { TIME($at) }.
error-entry-withdrawn = Уже отозвано в { TIME($at) }.
error-attachment-size = Файл слишком большой: можно до { $limit } МБ.
error-attachment-kind = Приложить можно фото, голосовое, документ или место.
error-attachment-no-shift = Фото и другое принимаются только на смене.
error-attachment-assigned = Это уже приложено к записи.
