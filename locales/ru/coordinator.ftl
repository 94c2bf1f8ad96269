applications-list = { $count ->
    [0] 📥 Заявок на рассмотрении нет.
    [one] 📥 Ждёт решения: <b>{ $count } заявка</b>
    [few] 📥 Ждут решения: <b>{ $count } заявки</b>
   *[many] 📥 Ждут решения: <b>{ $count } заявок</b>
 }
applications-row = { $name } · { $district }
application-card =
    📥 <b>{ $name }</b>
    📱 { $phone }
    📍 { $district }
    🕘 { MOMENT($at) }
application-by-invite = ✉️ по приглашению
application-decision = <b>{ application-state }</b> · { MOMENT($at) } · { $by }
application-reason = Причина: { $reason }
application-approve = ✅ Одобрить
application-reject = ❌ Отклонить
application-approved-toast = Одобрено. Служебный номер { $number }.
application-reason-ask =
    Почему отклоняете заявку? <b>{ $name }</b>

    Напишите причину: её прочитает заявитель.
application-rejected-done = ✅ Отклонено, заявитель получит сообщение.

assistants-list = { $count ->
    [0] 👥 Помощников пока нет. Создайте приглашение.
    [one] 👥 <b>{ $count } помощник</b>. Для поиска напишите часть имени или номера.
    [few] 👥 <b>{ $count } помощника</b>. Для поиска напишите часть имени или номера.
   *[many] 👥 <b>{ $count } помощников</b>. Для поиска напишите часть имени или номера.
 }
assistants-found = { $count ->
    [0] Никого нет: «{ $search }». Напишите другую часть имени или номера.
   *[other] Найдено: { $count } – «{ $search }»
 }
assistants-all = 👥 Показать всех
assistants-row = { $status ->
    [trainee] 🎓 { $name } · { $number }
    [active] 🟢 { $name } · { $number }
    [suspended] ⏸ { $name } · { $number }
   *[dismissed] ✖ { $name } · { $number }
 }
assistant-card =
    👤 <b>{ $name }</b>
    🪪 № { $number }
    📱 { $phone }
    📍 { $district }
    <b>{ assistant-status }</b> с { DATE($at, width: "long") }
assistant-erased = личные данные стёрты
assistant-card-erased =
    👤 <b>{ assistant-erased }</b>
    🪪 № { $number }
    📍 { $district }
    <b>{ assistant-status }</b> с { DATE($at, width: "long") }
assistants-row-blocked = 🚫 { $row }
assistant-blocked-bot = 🚫 Бот заблокирован: сообщения не доходят. Позвоните.
assistant-set-status = { $status ->
    [active] ▶ Восстановить
    [suspended] ⏸ Приостановить
   *[dismissed] ✖ Исключить
 }
assistant-move = 📍 Перевести
assistant-relink = 🔁 Новый аккаунт
assistant-relink-by-admin = 🔁 Есть и другая роль: перенести аккаунт может только администратор.
assistant-shifts = 🕘 Смены
assistant-reason-ask = { $status ->
    [active] Почему восстанавливаете: <b>{ $name }</b>? Напишите причину: её прочитает помощник.
    [suspended] Почему приостанавливаете: <b>{ $name }</b>? Напишите причину: её прочитает помощник.
   *[dismissed] Почему исключаете: <b>{ $name }</b>? Напишите причину: её прочитает помощник.
 }
assistant-status-done = ✅ Готово, помощник получит сообщение.
assistant-move-ask = Куда перевести: <b>{ $name }</b>?
assistant-move-nowhere = У вас один район. Чтобы перевести помощника (<b>{ $name }</b>), обратитесь к администратору.
assistant-moved-toast = Переведено.
assistant-relink-link =
    🔁 <b>{ $name }</b>: ссылка для нового аккаунта Telegram

    { $link }

    Отправьте её этому человеку. Она сработает один раз, в течение { DURATION($lifetime) }. Осторожно: кто её откроет, тот и станет этим человеком, со всеми его правами.

invites-list = { $count ->
    [0] ✉️ Действующих приглашений нет.
   *[other] ✉️ Действующие приглашения: <b>{ $count }</b>
 }
invites-row = { $uses }/{ $limit } · { $district }
invites-new = ➕ Новое приглашение
invite-district = В какой район?
invite-lifetime = 📍 { $district }

    Сколько оно будет действовать?
invite-days = { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[many] { $days } дней
 }
invite-uses = { $days ->
    [one] { $days } день. На сколько человек?
    [few] { $days } дня. На сколько человек?
   *[many] { $days } дней. На сколько человек?
 }
invite-people = { $count ->
    [one] { $count } человек
    [few] { $count } человека
   *[many] { $count } человек
 }
invite-card =
    ✉️ <b>{ $district }</b>

    { $link }

    Использовано: { $uses } из { $limit }. Действует до: { MOMENT($expires) }.
    Отправьте ссылку тем, кого приглашаете.
invite-withdraw = ✖ Отозвать приглашение
invite-withdrawn-toast = Отозвано.
