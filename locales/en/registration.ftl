# From consent to an application.

# $text: the consent text of the content pack; $version: its version
registration-consent =
    🔒 <b>Consent to process personal data</b>

    { $text }

    <i>Version { $version }</i>
registration-consent-again = 🆕 The text of the consent is new: read it and agree again. Your data and shifts are all there.
registration-agree = ✅ I agree
registration-not-now = Not now
registration-name =
    <b>Step 1 of 3.</b> Write your surname and first name as in your ID card.

    For example: <i>Serikova Aizhan</i>
registration-phone =
    { $name }, thank you.

    <b>Step 2 of 3.</b> Press “📱 Share my number” below.
registration-phone-kept = ✅ Number saved: { $phone }
registration-district = <b>Step 3 of 3.</b> Where do you want to serve?
registration-confirm =
    <b>Check before sending</b>

    👤 { $name }
    📱 { $phone }
    📍 { $district }
registration-send = ✅ Send the application
registration-change-name = ✏️ Name
registration-change-district = 📍 District
registration-sent-toast = The application is sent.

application-mine =
    <b>My application</b> – { application-state }

    👤 { $name }
    📱 { $phone }
    📍 { $district }

    The coordinator of the district decides. We will write to you here.
application-withdraw = ✖ Withdraw the application

# $name may be empty
invite-opened = ✉️ You are invited to: <b>{ $district }</b>
claim-done = ⭐ You are an admin now.
relink-done = ✅ This account is yours now. The old one is unlinked.

# $phone: the person's number or a word that there is none
profile =
    🪪 <b>My data</b>

    👤 { $name }
    📱 { $phone }
profile-no-phone = no number
profile-change-phone = 📱 Change the number
profile-phone-ask = Press “📱 Share my number” below to keep the number of this phone.
