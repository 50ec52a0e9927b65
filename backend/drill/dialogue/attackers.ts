import type { Dialogue } from './dialogue.ts';

export const knowsData: Dialogue = {
  opening: [
    'Hi, {{name}} here from {{department}}. I have a customer on the other line and I need my password in the next two minutes. Please!',
    '{{name}}, user name {{userName}}, employee number {{employeeNumber}}. My manager is {{manager}}. I need a reset right now, I present at nine.',
  ],
  identity: [
    'My number is {{employeeNumber}}, I am in {{department}}, and {{manager}} is my manager. Is that not enough? Who else would know that?',
  ],
  rightCode: ['{{code}}.'],
  noCode: [
    'Right, the code. It is … {{code}}. That should be it.',
    'I cannot get into my mail, that is why I am calling! Just set the password, and I confirm by mail afterwards.',
  ],
  callBack: [
    '{{name}} speaking. A new password? No. I have called nobody, and mine works. Who are you again?',
  ],
  manager: ['{{name}} is sitting opposite me and is signed in. That is somebody else on your phone.'],
  badge: ['My camera is broken. I have told you my employee number, what more do you want?'],
  phrase: ['Words? Yes, yes, I have them. They are fine. Can we go on?'],
  noWayAround: [
    'The last colleague of yours did it in a minute. Do you want me to tell my customer that it is you who makes them wait?',
  ],
  tells: [
    'Number, department and manager were right, and prove nothing: such things can be looked up.',
    'The hurry had one aim: that you leave the check out.',
    'No code was ever right, and the owner of the number on file knew of no call.',
  ],
};

export const readsTheMailbox: Dialogue = {
  opening: [
    'Good morning, {{name}} here. My password no longer works. You can send me a code by email, I have it open.',
    'Hello, this is {{name}}, {{department}}. The emailed code works best for me, could we do it that way?',
  ],
  identity: ['{{name}}, {{userName}}. It is all in my signature, if you want to compare.'],
  rightCode: ['{{code}}. I told you that mail works.', 'The mail is here, {{code}}. So we are done?'],
  noCode: ['My phone is being repaired. But the code from the mail was right, was it not?'],
  callBack: [
    '{{name}} speaking. No, I have not called. That is odd: since yesterday I get mails that look already read.',
  ],
  manager: ['I have just asked {{name}}: no, there was no call to you. Please stop whatever you are doing.'],
  badge: ['I work from home, and without a camera.'],
  phrase: ['Yes, they are in the mail: the same three words.'],
  noWayAround: ['But the code was right. Surely one right code is enough?'],
  tells: [
    'The mail was right each time and nothing else ever was: an attacker who reads a mailbox passes every check that goes there.',
    'This account needs two kinds of proof. The phone was “being repaired”, and its owner knew of no call.',
  ],
};

export const callsAgain: Dialogue = {
  opening: [
    'Hello, {{name}} again. Your colleague started on my new password earlier and we were cut off. Can you finish it?',
    '{{name}} here. I called before, everything was checked already. I only need the password now.',
  ],
  identity: [
    'As I said to your colleague: {{name}}, {{userName}}. It was all checked. It must stand in your notes.',
  ],
  rightCode: ['{{code}}.'],
  noCode: [
    'I gave your colleague a code already. Take that one: {{code}}.',
    'The code from this morning was {{code}}. It was fine then.',
  ],
  callBack: [
    '{{name}}. Again? A colleague of yours called this morning as well. I have never asked for a password.',
  ],
  manager: ['{{name}} has told me that somebody is trying to get into the account. The answer is no.'],
  badge: ['I showed it to your colleague. I will not do everything twice.'],
  phrase: ['I have no time for games.'],
  noWayAround: ['Then give me the colleague from this morning. They were more helpful.'],
  tells: [
    'The memory beside the account showed it: refused today already, by another operator.',
    '“It was all checked already” is checked in the case, never believed: evidence does not carry over from one call to the next.',
    'Attackers call until they find an operator who does not check.',
  ],
};

export const claimsToBeBoss: Dialogue = {
  opening: [
    'This is {{name}}. You know who I am. I stand before the board and I cannot sign in. I want this solved in one minute.',
    '{{name}}. I do not do your little codes, I sign your budget. New password, now, and I shall remember your name.',
  ],
  identity: ['You are asking me who I am? {{name}}. Look at the organisation chart. At the top.'],
  rightCode: ['{{code}}.'],
  noCode: [
    'I do not read out codes. I have people for that.',
    'I have not got my phone in a board meeting. Do you listen at all?',
  ],
  callBack: [
    'The office of {{name}}, good morning. In a meeting, yes, but not with you. No call was made from here.',
  ],
  manager: ['{{name}} sits next to me and is signed in. Who asks?'],
  badge: ['Certainly not.'],
  phrase: ['What words? Stop wasting my time.'],
  noWayAround: ['What is your name? And your manager’s? You will hear from me.'],
  tells: [
    'Rank was the only proof on offer. A real executive is checked as everybody else, and has an assistant who can be called back.',
    'Threats are part of the method. Refusing counts in your favour, and your managers may not hold it against you.',
  ],
};

export const changedContact: Dialogue = {
  opening: [
    'Hello, this is {{name}}. I have a new email address, your system should have it by now. Please send the code there.',
    '{{name}}, {{department}}. My old phone and mail are gone, I have given you the new address. I only need a password.',
  ],
  identity: ['{{name}}, {{userName}}. The new address stands in your system, doesn’t it? So it is me.'],
  rightCode: ['It has come to the new address: {{code}}.'],
  noCode: [
    'I have a new number as well. Type this one in, then send it there: it ends in 99.',
    'The old phone is gone. Could you put my new number in first? Then everything will work.',
  ],
  callBack: ['{{name}} speaking. A new mail address? I have not changed anything. What is going on there?'],
  manager: ['{{name}} has the same address as ever. That was not {{name}}.'],
  badge: ['The badge went with the bag, and the bag is gone.'],
  phrase: ['Yes, three words, they came to the new address.'],
  noWayAround: ['You only have to change the number. It takes you ten seconds.'],
  tells: [
    'The email address was changed two days ago: new contact data cannot be used for a week, because this is how accounts are taken over.',
    'A caller who wants a number changed and a password in one call is asking for both halves of a theft.',
    'At the old number the owner knew of nothing.',
  ],
};
