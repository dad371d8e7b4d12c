// The roll call: a key answers for the name in focus and goes on to the next; the totals run along.
"use strict";

const roll = document.querySelector(".opprop");
const people = [...(roll?.querySelectorAll(".opprop-person") ?? [])];
const answerOf = (person) => person.querySelector("input:checked")?.value;
const choices = [...(people[0]?.querySelectorAll("input") ?? [])].map((input) => ({
  value: input.value,
  key: input.dataset.svarTast,
  word: input.nextElementSibling.lastChild.textContent.trim().toLowerCase(),
}));

function answer(person, value) {
  person.querySelector(`input[value="${value}"]`).checked = true;
  count();
  const next = people.slice(people.indexOf(person) + 1).find((other) => !answerOf(other)) ?? people.find((other) => !answerOf(other));
  (next?.querySelector("input") ?? roll.querySelector("button[type=submit]")).focus();
}

function tally(among) {
  const answers = among.map(answerOf);
  const of = (value) => answers.filter((one) => one === value).length;
  const said = choices.map(({ value, word }) => (/^\d/.test(word) ? `${word}: ${of(value)}` : `${of(value)} ${word}`));
  return { said: said.join(", "), missing: of(undefined) };
}

function count() {
  const all = tally(people);
  roll.querySelector(".opprop-sum").textContent = `${all.said}${all.missing ? `, ${all.missing} igjen` : ""}`;
  for (const group of roll.querySelectorAll(".opprop-gruppe")) {
    group.querySelector("[data-gruppesum]").textContent = tally([...group.querySelectorAll(".opprop-person")]).said;
  }
}

if (roll) {
  roll.querySelector("[data-hjelp]").hidden = false;
  roll.addEventListener("change", count);
  roll.addEventListener("keydown", (event) => {
    const person = event.target.closest(".opprop-person");
    const choice = choices.find(({ key }) => key === event.key.toLowerCase());
    if (!person || !choice || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    answer(person, choice.value);
  });
  if (people.length) count();
}
