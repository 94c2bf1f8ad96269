refused = ⚠️ { $reason }

error-access-denied = Сізде бұған құқық жоқ.
error-not-found = Бұл енді жоқ.
error-text-wanted = Мәтінмен жазып жіберіңіз.
error-contact-wanted = Төмендегі «📱 Нөмірімді жіберу» батырмасын басыңыз.
error-contact-foreign = Бұл басқа адамның нөмірі. Төмендегі батырмамен өз нөміріңізді жіберіңіз.
error-contact-or-name = Атын жазыңыз немесе контактісін жіберіңіз.
error-contact-no-account = Бұл контакт Telegram-да жоқ. Тізімнен таңдаңыз.
error-name-long = Аты-жөні тым ұзын: ең көбі { $limit } әріп.
error-name-letters = Аты-жөнінде тек әріп, сызықша мен апостроф болады.
error-name-short = Тегіңіз бен атыңызды толық жазыңыз.
error-name-settled = Аты-жөнін қазір өзгертуге болмайды.
error-no-consent = Алдымен келісім беріңіз.
error-consent-changed = Мәтін өзгерді. Қайта оқып шығыңыз.
error-phone = Бұл телефон нөміріне ұқсамайды.
error-phone-taken = Бұл нөмір басқа тіркелгіге жазылған. Ол да сіз болсаңыз, үйлестірушіден жаңа тіркелгіге сілтеме сұраңыз.
error-district-unknown = Бұл ауданға енді қызмет көрсетілмейді. Басқасын таңдаңыз.
error-already-assistant = Сіз қазірдің өзінде көмекшісіз.
error-already-there = Көмекші қазірдің өзінде осы ауданда.
error-already-holds = Бұл адамда осы рөл бар.
error-no-draft = Өтінім басталмаған.
error-application-waiting = Өтініміңіз жіберілген.
error-application-incomplete = Өтінімде бірдеңе жетіспейді.
error-application-withdrawn = Өтінім беруші өтінімін қайтарып алды.
error-application-decided = Шешілген: { application-state }, { MOMENT($at) }, { $by }.
error-own-application = Өз өтініміңізді өзіңіз шеше алмайсыз.
error-own-card = Мұны өзіңізге жасай алмайсыз. Басқа үйлестірушіге немесе әкімшіге айтыңыз.
error-status-order = Болмайды: көмекшінің мәртебесі – { assistant-status } ({ MOMENT($at) }).
error-reason-short = Себебін сөзбен жазыңыз.
error-reason-long = Тым ұзын: { $length } таңба. Ең көбі { $limit }.
error-role-scope = Бұл рөл бұлай берілмейді.
error-last-admin = Бұл соңғы әкімші. Алдымен басқасын тағайындаңыз.
error-invite-unknown = Шақыру жарамсыз. Шақырусыз да өтінім беруге болады.
error-invite-expired = Шақырудың мерзімі өтті. Шақырусыз да өтінім беруге болады.
error-invite-used-up = Шақырудағы орын таусылды. Шақырусыз да өтінім беруге болады.
error-invite-maker = Шақыруды жасаған адам енді шақырмайды. Шақырусыз да өтінім беруге болады.
error-invite-terms = Мұндай шақыру жасауға болмайды.
error-invite-withdrawn = Қайтарып алынған: { MOMENT($at) }.
error-link-unknown = Сілтеме жарамсыз.
error-link-used = Сілтеме пайдаланылған.
error-link-expired = Сілтеменің мерзімі өтті. Жаңасын жіберген адамнан сұраңыз.
error-link-same-account = Сіз осы тіркелгіден жазып тұрсыз.
error-link-account-taken = Бұл Telegram тіркелгісі басқа қатысушыда. Басқасы керек.
error-claim-used = Сілтеме пайдаланылған: әкімші тағайындалған.
error-already-admin = Сіз әкімшісіз.

bug =
    😔 Біздің жақта қате шықты. <b>Ештеңе сақталмады</b>: қайталап көріңіз.

    Қайталанса, үйлестірушіге мына нөмірді айтыңыз: <code>{ $reference }</code>
file-refused = 📎 Telegram файлды қабылдамады: тым үлкен болуы мүмкін. Қысқарақ кезеңді немесе бір ауданды таңдаңыз; ештеңе жоғалған жоқ.
bug-alert = Біздің жақта қате шықты. Ештеңе сақталмады. Нөмір: { $reference }
bug-saved =
    😔 Біздің жақта қате шықты, бірақ әрекетіңіз <b>сақталды: { TIME($at) }</b>. Көру үшін: /menu.

    Қайталанса, үйлестірушіге мына нөмірді айтыңыз: <code>{ $reference }</code>
bug-saved-alert = Біздің жақта қате шықты, бірақ әрекетіңіз сақталды: { TIME($at) }. Нөмір: { $reference }
saved-already = ✅ Сақталды: { TIME($at) }
too-fast = 🐢 Тым жылдам. Соңғы жібергеніңіз оқылмады: бірнеше секунд күтіп, қайта жіберіңіз.
