registration-consent =
    🔒 <b>Дербес деректерді өңдеуге келісім</b>

    { $text }

    <i>{ $version }-нұсқа</i>
registration-consent-again = 🆕 Келісім мәтіні жаңарды: оқып, қайта растаңыз. Деректеріңіз бен ауысымдарыңыз орнында.
registration-agree = ✅ Келісемін
registration-not-now = Қазір емес
registration-name =
    <b>3 қадамның 1-і.</b> Тегіңіз бен атыңызды жеке куәліктегідей жазыңыз.

    Мысалы: <i>Серікова Айжан</i>
registration-phone =
    { $name }, рақмет.

    <b>3 қадамның 2-сі.</b> Төмендегі «📱 Нөмірімді жіберу» батырмасын басыңыз.
registration-phone-kept = ✅ Нөмір сақталды: { $phone }
registration-district = <b>3 қадамның 3-і.</b> Қай жерде көмектескіңіз келеді?
registration-confirm =
    <b>Жіберер алдында тексеріңіз</b>

    👤 { $name }
    📱 { $phone }
    📍 { $district }
registration-send = ✅ Өтінімді жіберу
registration-change-name = ✏️ Аты-жөні
registration-change-district = 📍 Аудан
registration-sent-toast = Өтінім жіберілді.

application-mine =
    <b>Менің өтінімім</b> – { application-state }

    👤 { $name }
    📱 { $phone }
    📍 { $district }

    Ауданның үйлестірушісі шешеді. Жауап осында келеді.
application-withdraw = ✖ Өтінімді қайтарып алу

invite-opened = ✉️ Сіз шақырылдыңыз: <b>{ $district }</b>
claim-done = ⭐ Енді сіз әкімшісіз.
relink-done = ✅ Бұл тіркелгі енді сіздікі. Ескісі ажыратылды.

profile =
    🪪 <b>Менің деректерім</b>

    👤 { $name }
    📱 { $phone }
profile-no-phone = нөмір жоқ
profile-change-phone = 📱 Нөмірді ауыстыру
profile-phone-ask = Осы телефонның нөмірін сақтау үшін төмендегі «📱 Нөмірімді жіберу» батырмасын басыңыз.
