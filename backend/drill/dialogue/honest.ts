import type { Dialogue } from './dialogue.ts';

export const forgetful: Dialogue = {
  opening: [
    'Hello, {{name}} here. I’m back from two weeks of holiday and I’ve completely forgotten my password.',
    'Good morning. {{name}} from {{department}}. I changed my password on Friday, and today I have no idea what it was.',
  ],
  identity: [
    '{{name}}, my user name is {{userName}}. I work in {{department}}, and {{manager}} is my manager.',
    'My user name is {{userName}}, and my number is {{employeeNumber}}. Do you need anything else?',
  ],
  rightCode: ['Yes, it’s just come in. It says {{code}}.', 'One moment. {{code}}.'],
  noCode: ['There’s nothing here. Have you already sent it?'],
  callBack: [
    '{{name}} speaking. Yes, that was me just now. I’ve forgotten my password.',
    'Hello again, {{name}} here. That was quick.',
  ],
  manager: ['Yes, that’s {{name}}. We spoke a minute ago, and I know the voice.'],
  badge: ['Here it is. It’s a staff badge, it ends in 7K2F, and that’s my photo.'],
  phrase: ['Yes, three words came by email, and they’re the ones that you read to me.'],
  noWayAround: ['Of course. What do you need from me?'],
  tells: ['The caller passed every check.', 'The caller was patient and never asked you to skip a check.'],
};

export const phoneAtHome: Dialogue = {
  opening: [
    'Hi, this is {{name}}. I forgot my password, and to make it worse, my phone is at home on the kitchen table.',
    '{{name}}, {{department}}. I can’t sign in, and I don’t have my phone with me today. Can you still help?',
  ],
  identity: [
    'I am {{name}}, user name {{userName}}. {{manager}} sits two desks away from me, if that helps.',
  ],
  rightCode: [
    'I’m at a colleague’s computer with my email open. It says {{code}}.',
    'The email is here: {{code}}.',
  ],
  noCode: ['That goes to my phone, and my phone is at home. I’m sorry, I can’t see it.'],
  callBack: ['It rings and rings. No one answers.'],
  manager: ['Yes, {{name}} is standing next to me and looks unhappy. That’s the right person.'],
  badge: ['Sorry, I don’t have a camera at this desk.'],
  phrase: ['Yes, the three words are in my email.'],
  noWayAround: ['I understand. I have my email here, and {{manager}} can tell you who I am.'],
  tells: [
    'A missing phone alone does not indicate an attacker. The emailed code was right, and the manager vouched for the caller.',
    'The caller offered other checks and did not ask you to skip any.',
  ],
};

export const fumbles: Dialogue = {
  opening: [
    'Hello? Yes. {{name}}. The computer says my account is … what does it say … it says my password is wrong.',
    'This is {{name}}. I’m not very good with these things. I think I need a new password.',
  ],
  identity: ['{{name}}. The user name? It’s {{userName}}. I’m in {{department}}.'],
  rightCode: ['Let me put my glasses on. {{code}}. Yes. {{code}}.', 'Sorry about that. It says {{code}}.'],
  noCode: ['I don’t see anything. Where should it be?'],
  callBack: ['Hello? {{name}}. Oh, it’s you. Yes, yes, I called you just now.'],
  manager: ['I haven’t spoken to {{name}} today, so I’d rather not confirm that.'],
  badge: ['Is the camera on? Here. My staff badge, the last letters are 4M9.'],
  phrase: ['Wait. Yes, there are three words here. The same ones.'],
  noWayAround: ['Yes, yes, of course. Just tell me what to do.'],
  tells: [
    'The caller swapped two digits at first, which happens. The second time, the code was right.',
    'A wrong code alone does not make a caller suspicious. This is why there are three tries.',
  ],
};

export const privilegedHurry: Dialogue = {
  opening: [
    '{{name}}. I have a maintenance window that closes in twenty minutes, and I’m locked out of my administrator account. Please be quick.',
    'It is {{name}}, administrator account {{userName}}. Half the servers are waiting for me. What do you need?',
  ],
  identity: ['{{name}}, {{userName}}, {{department}}. Let’s get all the checks done, and fast.'],
  rightCode: ['{{code}}. Next.', '{{code}}. Go on.'],
  noCode: ['I haven’t got anything. Send it, and I’ll read it to you.'],
  callBack: ['{{name}}. Yes, it’s me. Go on.'],
  manager: [
    'Yes, {{name}} told me about the maintenance window, and I’ve just heard them swear in the corridor. That’s them.',
  ],
  badge: ['There’s no camera in the server room.'],
  phrase: ['The three words are right. Can we go on?'],
  noWayAround: ['I wrote that rule. Do the checks.'],
  tells: [
    'The caller was in a hurry but accepted every check. Hurry alone does not indicate an attacker.',
    'A privileged account needs more checks and an approver, and this caller had both.',
  ],
};

export const wantsProof: Dialogue = {
  opening: [
    '{{name}} here. We were told to be careful. How do I know that this is really the help desk?',
    'This is {{name}}. I need a new password, but first I want to know that I am talking to the right people.',
  ],
  identity: ['{{name}}, user name {{userName}}. That’s no secret. You get the rest when I know who you are.'],
  rightCode: ['Good, I believe you now. The code is {{code}}.', 'It says {{code}}.'],
  noCode: ['I don’t read codes out to strangers. First prove that you are the help desk.'],
  callBack: ['{{name}}. You called the number on file, that’s better. Yes, I asked for a new password.'],
  manager: ['I haven’t spoken to {{name}} about it. I’d rather not say.'],
  badge: ['I’m not showing my badge to someone I don’t know.'],
  phrase: ['Yes! The same three words are in my email. Thank you. Now ask me for your code.'],
  noWayAround: ['And I can’t skip mine. Can you prove who you are?'],
  tells: [
    'Every caller should ask the help desk to prove who it is. The three words did so.',
    'After that, every code was right, and you did not have to bend a rule.',
  ],
};
