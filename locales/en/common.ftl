# Words every flow shares.

language-name = English
language-ask = Choose a language:
language-chosen-toast = English it is.

# $police, $emergency: numbers to call
bot-description =
    Kömekshi helps public assistants of the local police.

    Press START to apply, to work or to check.

    This bot takes no emergencies: call { $police } or { $emergency }.
# $police, $emergency: numbers to call
bot-about = For public assistants of the local police and those who run them. Emergencies: { $police }, { $emergency }.

command-start = Start or go on
command-menu = Main menu
command-language = Change the language
command-help = Help
command-cancel = Cancel what is begun

button-back = ◀ Back
button-menu = ☰ Menu
button-cancel = ✖ Cancel
page-number = { $number } of { $last }

# $name: full name, or menu-main
menu-title = 🏠 <b>{ $name }</b>
menu-main = Main menu
# $number: service number; $status: trainee, active, suspended or dismissed; $district: name
menu-assistant = 🪪 No. <b>{ $number }</b> · { assistant-status } · { $district }
menu-status-reason = Reason: { $reason }
# $role: coordinator, admin or observer; $district: name of a district or of the region
menu-role = ⭐ { role-name } · { $district }
menu-roles-more = … and { $count } more
menu-application-waiting = ⏳ Your application is under review. District: { $district }. We will write to you here.
menu-application-rejected = ❌ Your application was rejected: { $reason }
    You may apply again.
menu-guest = To become a public assistant, press the green button below.

assistant-status = { $status ->
    [trainee] trainee
    [active] active
    [suspended] suspended
   *[dismissed] dismissed
 }
application-state = { $state ->
    [draft] draft
    [pending] under review
    [approved] approved
    [rejected] rejected
   *[withdrawn] withdrawn
 }
role-name = { $role ->
    [assistant] assistant
    [coordinator] coordinator
    [admin] admin
   *[observer] observer
 }

key-applications = 📥 Applications
key-assistants = 👥 Assistants
key-invites = ✉️ Invitations
key-roles = ⭐ Roles
key-apply = ✅ Become an assistant
key-my-application = ⏳ My application
key-handbook = 📖 May I?
key-profile = 🪪 My data
key-language = 🌐 Language
key-help = ❓ Help
key-share-phone = 📱 Share my number
key-change-name = ✏️ Change the name
key-cancel = ✖ Cancel

# $police, $emergency: numbers to call; $staff: true for who coordinates, observes or appoints
help =
    <b>Kömekshi</b> is for public assistants of the local police and those who run them.

    🚨 Emergency? Call <b>{ $police }</b> or <b>{ $emergency }</b>. This bot takes no emergencies.

    /menu – main menu
    /language – change the language
    /check – check a certificate
    /cancel – cancel what is begun

    { $staff ->
        [true] Something is wrong? Tell an admin, or whoever runs the bot.
       *[false] Something is wrong? Tell the coordinator of your district.
     }
cancelled = ✖ Cancelled.
unknown-input = I did not understand that. Please use the buttons.
unknown-command = There is no such command. Please use the buttons.
edited-message = ✏️ An edited message does not count. Please send it anew.
stale-button-toast = That button is out of date. Here is the current screen.
group-private-only = I work in private chats only. Open a chat with me and press START.
group-toast = I work in private chats only.
