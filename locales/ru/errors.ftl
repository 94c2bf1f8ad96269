refused = ⚠️ { $reason }

error-access-denied = У вас нет на это права.
error-not-found = Этого здесь больше нет.
error-text-wanted = Пришлите текст, пожалуйста.
error-contact-wanted = Нажмите внизу «📱 Отправить мой номер».
error-contact-foreign = Это чужой номер. Отправьте свой кнопкой внизу.
error-contact-or-name = Напишите имя или пришлите контакт.
error-contact-no-account = Этого контакта нет в Telegram. Выберите из списка.
error-name-long = Имя слишком длинное: не больше { $limit } букв.
error-name-letters = В имени бывают только буквы, дефис и апостроф.
error-name-short = Напишите полностью фамилию и имя.
error-name-settled = Имя сейчас не изменить.
error-no-consent = Сначала дайте согласие.
error-consent-changed = Текст изменился. Прочитайте его ещё раз.
error-phone = Это не похоже на номер телефона.
error-phone-taken = Этот номер записан за другим аккаунтом. Если это тоже вы, попросите у координатора ссылку для нового аккаунта.
error-district-unknown = Этот район больше не обслуживается. Выберите другой.
error-already-assistant = Вы уже помощник.
error-already-there = Помощник уже в этом районе.
error-already-holds = У человека уже есть эта роль.
error-no-draft = Заявка не начата.
error-application-waiting = Ваша заявка уже отправлена.
error-application-incomplete = В заявке чего-то не хватает.
error-application-withdrawn = Заявитель отозвал заявку.
error-application-decided = Решение уже есть: заявка { application-state }, { MOMENT($at) }, { $by }.
error-own-application = Свою заявку решать нельзя.
error-own-card = С собой так нельзя. Обратитесь к другому координатору или администратору.
error-status-order = Нельзя: статус помощника – { assistant-status } ({ MOMENT($at) }).
error-reason-short = Напишите причину словами.
error-reason-long = Слишком длинно, знаков: { $length }. Можно не больше { $limit }.
error-role-scope = Так эта роль не назначается.
error-last-admin = Это последний администратор. Сначала назначьте другого.
error-invite-unknown = Приглашение недействительно. Заявку можно подать и без него.
error-invite-expired = Срок приглашения истёк. Заявку можно подать и без него.
error-invite-used-up = Места по приглашению закончились. Заявку можно подать и без него.
error-invite-maker = Тот, кто сделал приглашение, больше не приглашает. Заявку можно подать и без него.
error-invite-terms = Такое приглашение создать нельзя.
error-invite-withdrawn = Уже отозвано: { MOMENT($at) }.
error-link-unknown = Ссылка недействительна.
error-link-used = Ссылка уже использована.
error-link-expired = Срок ссылки истёк. Попросите новую у того, кто её прислал.
error-link-same-account = Вы и так пишете с этого аккаунта.
error-link-account-taken = Этот аккаунт Telegram у другого участника. Нужен другой.
error-claim-used = Ссылка уже использована: администратор есть.
error-already-admin = Вы уже администратор.

bug =
    😔 У нас что-то сломалось. <b>Ничего не сохранено</b>: попробуйте ещё раз.

    Если повторится, назовите координатору номер: <code>{ $reference }</code>
file-refused = 📎 Telegram не принял файл: возможно, он слишком большой. Выберите меньший период или один район; ничего не потеряно.
bug-alert = У нас что-то сломалось. Ничего не сохранено. Номер: { $reference }
bug-saved =
    😔 У нас что-то сломалось, но ваше действие <b>сохранено в { TIME($at) }</b>. Посмотрите: /menu.

    Если повторится, назовите координатору номер: <code>{ $reference }</code>
bug-saved-alert = У нас что-то сломалось, но действие сохранено в { TIME($at) }. Номер: { $reference }
saved-already = ✅ Сохранено в { TIME($at) }
too-fast = 🐢 Слишком быстро. Последнее мы не прочитали: подождите несколько секунд и отправьте снова.
