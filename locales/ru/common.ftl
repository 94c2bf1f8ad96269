language-name = Русский
language-ask = Выберите язык:
language-chosen-toast = Теперь по-русски.

bot-description =
    Kömekshi – бот общественных помощников местной полиции.

    Нажмите START, чтобы подать заявку или начать работу.

    Бот не принимает экстренные сообщения: звоните { $police } или { $emergency }.
bot-about = Для общественных помощников местной полиции и тех, кто ими руководит. Экстренные случаи: { $police }, { $emergency }.

command-start = Начать или продолжить
command-menu = Главное меню
command-language = Сменить язык
command-help = Помощь
command-cancel = Отменить начатое

button-back = ◀ Назад
button-menu = ☰ Меню
button-cancel = ✖ Отмена
page-number = { $number } из { $last }

menu-title = 🏠 <b>{ $name }</b>
menu-main = Главное меню
menu-assistant = 🪪 № <b>{ $number }</b> · { assistant-status } · { $district }
menu-status-reason = Причина: { $reason }
menu-role = ⭐ { role-name } · { $district }
menu-roles-more = … и ещё { $count }
menu-application-waiting = ⏳ Ваша заявка на рассмотрении. Район: { $district }. Ответ придёт сюда.
menu-application-rejected = ❌ Ваша заявка отклонена: { $reason }
    Можно подать новую.
menu-guest = Чтобы стать общественным помощником, нажмите зелёную кнопку внизу.

assistant-status = { $status ->
    [trainee] стажёр
    [active] активен
    [suspended] приостановлен
   *[dismissed] исключён
 }
application-state = { $state ->
    [draft] черновик
    [pending] на рассмотрении
    [approved] одобрена
    [rejected] отклонена
   *[withdrawn] отозвана
 }
role-name = { $role ->
    [assistant] помощник
    [coordinator] координатор
    [admin] администратор
   *[observer] наблюдатель
 }

key-applications = 📥 Заявки
key-assistants = 👥 Помощники
key-invites = ✉️ Приглашения
key-roles = ⭐ Роли
key-apply = ✅ Стать помощником
key-my-application = ⏳ Моя заявка
key-handbook = 📖 Можно ли?
key-profile = 🪪 Мои данные
key-language = 🌐 Язык
key-help = ❓ Помощь
key-share-phone = 📱 Отправить мой номер
key-change-name = ✏️ Изменить имя
key-cancel = ✖ Отмена

help =
    <b>Kömekshi</b> – бот общественных помощников местной полиции и тех, кто ими руководит.

    🚨 Экстренный случай? Звоните <b>{ $police }</b> или <b>{ $emergency }</b>. Бот не принимает экстренные сообщения.

    /menu – главное меню
    /language – сменить язык
    /check – проверить сертификат
    /cancel – отменить начатое

    { $staff ->
        [true] Что-то не так? Скажите администратору или тому, кто обслуживает бота.
       *[false] Что-то не так? Скажите координатору вашего района.
     }
cancelled = ✖ Отменено.
unknown-input = Не понял. Пользуйтесь кнопками, пожалуйста.
unknown-command = Такой команды нет. Пользуйтесь кнопками, пожалуйста.
edited-message = ✏️ Исправленное сообщение не учитывается. Отправьте его заново.
stale-button-toast = Эта кнопка устарела. Открыт текущий экран.
group-private-only = Я работаю только в личном чате. Откройте чат со мной и нажмите START.
group-toast = Я работаю только в личном чате.
