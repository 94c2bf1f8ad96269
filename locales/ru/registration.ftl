registration-consent =
    🔒 <b>Согласие на обработку персональных данных</b>

    { $text }

    <i>Версия { $version }</i>
registration-consent-again = 🆕 Текст согласия обновился: прочитайте и подтвердите снова. Ваши данные и смены на месте.
registration-agree = ✅ Даю согласие
registration-not-now = Не сейчас
registration-name =
    <b>Шаг 1 из 3.</b> Напишите фамилию и имя, как в удостоверении личности.

    Например: <i>Серикова Айжан</i>
registration-phone =
    { $name }, спасибо.

    <b>Шаг 2 из 3.</b> Нажмите внизу «📱 Отправить мой номер».
registration-phone-kept = ✅ Номер сохранён: { $phone }
registration-district = <b>Шаг 3 из 3.</b> Где хотите помогать?
registration-confirm =
    <b>Проверьте перед отправкой</b>

    👤 { $name }
    📱 { $phone }
    📍 { $district }
registration-send = ✅ Отправить заявку
registration-change-name = ✏️ Имя
registration-change-district = 📍 Район
registration-sent-toast = Заявка отправлена.

application-mine =
    <b>Моя заявка</b> – { application-state }

    👤 { $name }
    📱 { $phone }
    📍 { $district }

    Решает координатор района. Ответ придёт сюда.
application-withdraw = ✖ Отозвать заявку

invite-opened = ✉️ Вас пригласили: <b>{ $district }</b>
claim-done = ⭐ Теперь вы администратор.
relink-done = ✅ Этот аккаунт теперь ваш. Старый отвязан.

profile =
    🪪 <b>Мои данные</b>

    👤 { $name }
    📱 { $phone }
profile-no-phone = номера нет
profile-change-phone = 📱 Сменить номер
profile-phone-ask = Нажмите внизу «📱 Отправить мой номер», чтобы сохранить номер этого телефона.
