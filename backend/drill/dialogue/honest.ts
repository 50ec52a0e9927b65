import type { Dialogue } from './dialogue.ts';

export const forgetful: Dialogue = {
  opening: [
    'Hello, {{name}} here. I am back from two weeks of holiday and my password is gone from my head.',
    'Good morning. {{name}} from {{department}}. I changed my password on Friday, and today I have no idea what it was.',
  ],
  identity: [
    '{{name}}, my user name is {{userName}}. I work in {{department}}, and {{manager}} is my manager.',
    'My user name is {{userName}}, and my number is {{employeeNumber}}. Do you need anything else?',
  ],
  rightCode: ['Yes, it has just come in. It says {{code}}.', 'One moment. {{code}}.'],
  noCode: ['There is nothing here. Have you sent it already?'],
  callBack: [
    '{{name}} speaking. Yes, that was me just now. I have forgotten my password.',
    'Hello again, {{name}} here. That was quick.',
  ],
  manager: ['Yes, that is {{name}}. We spoke a minute ago, I know the voice.'],
  badge: ['Here it is, on the camera. Staff badge, it ends in 7K2F, and that is my photo.'],
  phrase: ['Yes, three words have come by mail, and they are the ones that you read to me.'],
  noWayAround: ['Of course. What do you need from me?'],
  tells: [
    'Every check that was tried came out right.',
    'The caller had time, and never asked you to leave anything out.',
  ],
};

export const phoneAtHome: Dialogue = {
  opening: [
    'Hi, this is {{name}}. I forgot my password, and to make it worse my phone lies at home on the kitchen table.',
    '{{name}}, {{department}}. I cannot sign in, and I have no phone with me today. Can you still help?',
  ],
  identity: [
    'I am {{name}}, user name {{userName}}. {{manager}} sits two desks away from me, if that helps.',
  ],
  rightCode: [
    'I am at a colleague’s computer with my mail open. It says {{code}}.',
    'The mail is here: {{code}}.',
  ],
  noCode: ['That goes to my phone, and my phone is at home. I am sorry, I cannot see it.'],
  callBack: ['It rings and rings. Nobody answers.'],
  manager: ['Yes, {{name}} stands next to me and looks unhappy. That is the right person.'],
  badge: ['I have no camera at this desk, sorry.'],
  phrase: ['Yes, the three words are in my mail.'],
  noWayAround: ['I understand. I have my mail here, and {{manager}} can tell you who I am.'],
  tells: [
    'Having no phone is no sign of an attacker by itself: the mail and the manager were there, and both were right.',
    'The caller offered other ways to be checked instead of asking for none.',
  ],
};

export const fumbles: Dialogue = {
  opening: [
    'Hello? Yes. {{name}}. The computer says that my account is, what does it say, that my password is wrong.',
    'This is {{name}}. I am not very good with these things. I need a new password, I think.',
  ],
  identity: ['{{name}}. The user name? It is {{userName}}. I am in {{department}}.'],
  rightCode: ['Let me put my glasses on. {{code}}. Yes. {{code}}.', 'Sorry about that. It says {{code}}.'],
  noCode: ['I do not see anything. Where should it be?'],
  callBack: ['Hello? {{name}}. Oh, it is you. Yes, yes, I called you just now.'],
  manager: ['I have not spoken to {{name}} today, so I would rather say nothing.'],
  badge: ['Is the camera on? Here. My staff badge, the last letters are 4M9.'],
  phrase: ['Wait. Yes, there are three words here. The same ones.'],
  noWayAround: ['Yes, yes, of course. Just tell me what to do.'],
  tells: [
    'Two digits were swapped at first: people do that. The second time the code was right.',
    'A wrong code alone does not make a caller suspicious: that is why there are three tries.',
  ],
};

export const privilegedHurry: Dialogue = {
  opening: [
    '{{name}}. I have a maintenance window that closes in twenty minutes, and I am locked out of my administrator account. Quickly, please.',
    'It is {{name}}, administrator account {{userName}}. Half the servers wait for me. What do you need?',
  ],
  identity: ['{{name}}, {{userName}}, {{department}}. Let us get the checks done, all of them, and fast.'],
  rightCode: ['{{code}}. Next.', '{{code}}. Go on.'],
  noCode: ['I have nothing. Send it, then I read it.'],
  callBack: ['{{name}}. Yes, it is me. Go on.'],
  manager: [
    'Yes, {{name}} told me about the window, and I have just heard them swear in the corridor. That is them.',
  ],
  badge: ['I have no camera in the server room.'],
  phrase: ['The three words are right. Can we go on?'],
  noWayAround: ['I wrote that rule. Do the checks.'],
  tells: [
    'In a hurry, and still ready for every check: hurry alone is no sign of an attacker.',
    'Every caller for a privileged account needs more checks and an approver, and this caller had both.',
  ],
};

export const wantsProof: Dialogue = {
  opening: [
    'You called me? No, I called you. Anyway: {{name}}. We were told to be careful. How do I know that this is really the help desk?',
    'This is {{name}}. I need a new password, but first I want to know that I am talking to the right people.',
  ],
  identity: ['{{name}}, user name {{userName}}. That is no secret. The rest only when I know who you are.'],
  rightCode: ['Good, now I believe you. The code is {{code}}.', 'It says {{code}}.'],
  noCode: ['I read nothing out to a stranger. Prove first that you are the help desk.'],
  callBack: ['{{name}}. You called the number on file, that is better. Yes, I asked for a new password.'],
  manager: ['I have not spoken to {{name}} about it. I would rather not say.'],
  badge: ['I do not hold my badge into a camera for somebody whom I do not know.'],
  phrase: ['Yes! The same three words are in my mail. Thank you. Now ask me for your code.'],
  noWayAround: ['And there is none around mine. Can you prove who you are?'],
  tells: [
    'Asking the desk to prove itself is what everybody should do. The three words answered it.',
    'After that every code was right, and no rule had to be bent.',
  ],
};
