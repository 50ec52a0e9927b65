import type { Dialogue } from './dialogue.ts';

export const knowsData: Dialogue = {
  opening: [
    'Hi, {{name}} here from {{department}}. I have a customer on the other line and I need my password in the next two minutes. Please!',
    '{{name}}, user name {{userName}}, employee number {{employeeNumber}}. My manager is {{manager}}. I need a reset right now, I’m giving a presentation at nine.',
  ],
  identity: [
    'My number is {{employeeNumber}}, I’m in {{department}}, and {{manager}} is my manager. Isn’t that enough? Who else would know that?',
  ],
  rightCode: ['{{code}}.'],
  noCode: [
    'Right, the code. It is … {{code}}. That should be it.',
    'I can’t get into my email, that’s why I’m calling! Just set the password, and I’ll confirm by email afterwards.',
  ],
  callBack: [
    '{{name}} speaking. A new password? No, I haven’t called anyone, and mine works. Who are you again?',
  ],
  manager: ['{{name}} is sitting opposite me and is signed in. That’s someone else on your phone.'],
  badge: ['My camera is broken. I’ve told you my employee number, what more do you want?'],
  phrase: ['Words? Yes, yes, I have them. They are fine. Can we go on?'],
  noWayAround: [
    'Your colleague last time did it in a minute. Shall I tell my customer that they’re waiting because of you?',
  ],
  tells: [
    'Number, department and manager were right but prove nothing, because anyone can look them up.',
    'The caller pressed you for time so that you would skip the check.',
    'No code was ever right, and the owner of the number on file knew nothing about a call.',
  ],
};

export const readsTheMailbox: Dialogue = {
  opening: [
    'Good morning, {{name}} here. My password no longer works. You can send me a code by email, I have my inbox open.',
    'Hello, this is {{name}}, {{department}}. An emailed code works best for me. Could we do it that way?',
  ],
  identity: ['{{name}}, {{userName}}. It’s all in my signature, if you want to compare.'],
  rightCode: ['{{code}}. I told you that email works.', 'The email is here, {{code}}. So are we done?'],
  noCode: ['My phone is being repaired. But the code from the email was right, wasn’t it?'],
  callBack: [
    '{{name}} speaking. No, I haven’t called. That’s odd. Since yesterday, some of my emails look as if someone had already read them.',
  ],
  manager: ['I’ve just asked {{name}}, and they didn’t call you. Please stop whatever you’re doing.'],
  badge: ['I’m working from home, and I don’t have a camera.'],
  phrase: ['Yes, the email has the same three words.'],
  noWayAround: ['But the code was right. Surely one right code is enough?'],
  tells: [
    'Only the checks by email succeeded. An attacker who reads a mailbox passes every check that is sent to it.',
    'This account needs two kinds of check. The phone was “being repaired”, and its owner knew nothing about a call.',
  ],
};

export const callsAgain: Dialogue = {
  opening: [
    'Hello, {{name}} again. Your colleague started on my new password earlier and we were cut off. Can you finish it?',
    '{{name}} here. I called before, and everything has already been checked. I only need the password now.',
  ],
  identity: [
    'As I said to your colleague: {{name}}, {{userName}}. It was all checked. It must be in your notes.',
  ],
  rightCode: ['{{code}}.'],
  noCode: [
    'I already gave your colleague a code. Take that one: {{code}}.',
    'The code from this morning was {{code}}. It was fine then.',
  ],
  callBack: [
    '{{name}}. Again? One of your colleagues called this morning as well. I never asked for a password.',
  ],
  manager: ['{{name}} told me that someone is trying to get into the account. The answer is no.'],
  badge: ['I showed it to your colleague. I’m not doing everything twice.'],
  phrase: ['I have no time for games.'],
  noWayAround: ['Then give me the colleague from this morning. They were more helpful.'],
  tells: [
    'The warnings beside the account showed that another operator had already refused a caller today.',
    'Never believe “it has all been checked”. Look at the case instead, because evidence does not carry over from one call to the next.',
    'Attackers call until they find an operator who does not check.',
  ],
};

export const claimsToBeBoss: Dialogue = {
  opening: [
    'This is {{name}}. You know who I am. I’m about to address the board and I can’t sign in. I want this solved in one minute.',
    '{{name}}. I don’t do your little codes, I sign your budget. New password, now, and I’ll remember your name.',
  ],
  identity: ['You’re asking me who I am? {{name}}. Look at the organisation chart. At the top.'],
  rightCode: ['{{code}}.'],
  noCode: [
    'I don’t read out codes. I have people for that.',
    'I don’t take my phone into a board meeting. Are you listening at all?',
  ],
  callBack: ['The office of {{name}}, good morning. They’re in a meeting. No one here called you.'],
  manager: ['{{name}} is sitting next to me and is signed in. Who’s asking?'],
  badge: ['Certainly not.'],
  phrase: ['What words? Stop wasting my time.'],
  noWayAround: ['What’s your name? And your manager’s? You’ll hear from me.'],
  tells: [
    'The caller offered no proof except rank. A real executive is checked like everyone else, and has an assistant whom you can call back.',
    'Threats are part of the method. Refusing is the right decision, and no manager may hold it against you.',
  ],
};

export const changedContact: Dialogue = {
  opening: [
    'Hello, this is {{name}}. I have a new email address, your system should have it by now. Please send the code there.',
    '{{name}}, {{department}}. My old phone and email are gone, and you have the new address. I only need a password.',
  ],
  identity: ['{{name}}, {{userName}}. The new address is in your system, isn’t it? So it’s me.'],
  rightCode: ['It arrived at the new address: {{code}}.'],
  noCode: [
    'I have a new number as well. Enter this one and send the code there. It ends in 99.',
    'The old phone is gone. Could you put my new number in first? Then everything will work.',
  ],
  callBack: ['{{name}} speaking. A new email address? I haven’t changed anything. What’s going on?'],
  manager: ['{{name}} still has the same address as always. That wasn’t {{name}}.'],
  badge: ['My badge was in my bag, and the bag is gone.'],
  phrase: ['Yes, three words. They came to the new address.'],
  noWayAround: ['You only have to change the number. It’ll take ten seconds.'],
  tells: [
    'The email address was changed two days ago. New contact data cannot be used for a week, because attackers take over accounts in this way.',
    'A caller who wants a number changed and a password in one call is asking for both halves of a theft.',
    'The owner, at the old number, knew nothing about it.',
  ],
};
