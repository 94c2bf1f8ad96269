notice-application = 🔔 Новая заявка
notice-approved =
    🎉 <b>Ваша заявка одобрена.</b>

    Служебный номер: <b>{ $number }</b>
    Теперь вы стажёр. Дальше – обязательный инструктаж: нажмите внизу «📘 Инструктаж».
notice-rejected =
    ❌ Ваша заявка отклонена.
    Причина: { $reason }

    Можно подать новую.
notice-status = { $status ->
    [active] ▶ <b>Вы снова в строю.</b>
    [suspended] ⏸ <b>Ваше участие приостановлено.</b>
   *[dismissed] ✖ <b>Вы исключены из помощников.</b>
 }
    Причина: { $reason }
notice-district = 📍 Ваш район теперь: <b>{ $district }</b>.
notice-role-given = ⭐ Теперь вы { role-name } · { $district }
notice-role-revoked = Вы больше не { role-name } · { $district }
notice-relinked = 🔁 <b>{ $name }</b> теперь пишет с нового аккаунта.
notice-account-moved =
    🔁 <b>Ваша работа в боте перешла на другой аккаунт Telegram.</b> Этот больше не привязан.
    Если вы об этом не просили, сразу сообщите координатору или администратору.
notice-admin-claimed = ⭐ <b>{ $name }</b>: теперь администратор, по ссылке с сервера. Если вы об этом не знаете, спросите того, кто ведёт бота.
notice-answer-owed = ⏳ Telegram задержал наш ответ. Сейчас дела обстоят так:
notice-telegram-held =
    ⚠️ Telegram не принимал сообщения бота: с { MOMENT($since, width: "short") }, { DURATION($span) }.
    Ничего не потеряно: задержанное уже отправляется.
notice-update-laid-aside =
    🛠 Бот сломался, отвечая одному человеку. Ему об этом сказано, остальные работают как обычно.
    Номер в журнале: <code>{ $reference }</code>
