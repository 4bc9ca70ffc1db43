// Advice names commands, as on a terminal; here the same is done with what the page has.
const HERE = [
  [/^now$/, "“Back up now”"],
  [/^list$/, "“History”"],
  [/^alarms$/, "“Data looks lost”"],
  [/^show latest$/, "“Details” of the newest snapshot"],
  [/^drill( --local)?$/, "the button under “Rehearsed restores”"],
  [/^schedule install$/, "the button under “Snapshots by themselves”"],
  [/^doctor --prefer\s+schedule=unwanted$/, "“Do not” under “Snapshots by themselves”"],
  [/^doctor --prefer [a-z_]+=wanted$/, "“Use it” in its part"],
  [/^doctor --fix [a-z-]+$/, "the button beside it"],
  [/^restore ID$/, "“Restore …” beside a snapshot"],
];

const here = (command) => HERE.find(([pattern]) => pattern.test(command))?.[1];
const asSentence = (words) => words[0].toUpperCase() + words.slice(1);

/** Advice for a person on the page. What the page has no button for stays, and so does what somebody else runs. */
export const onPage = (text) => text?.replace(/(\. |runs )?`wb-backup ([^`]+)`/g, (whole, before = "", command, at) => {
  const words = before === "runs " ? undefined : here(command);
  if (!words) return whole;
  return before + (before || at === 0 ? asSentence(words) : words);
});
