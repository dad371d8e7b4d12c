// The roll call: J and N answer for the name in focus and go on to the next; the totals run along.
"use strict";

const roll = document.querySelector(".opprop");
const people = [...(roll?.querySelectorAll(".opprop-person") ?? [])];
const answerOf = (person) => person.querySelector("input:checked")?.value;
const keys = { j: "for", n: "mot" };

function answer(person, value) {
  person.querySelector(`input[value="${value}"]`).checked = true;
  count();
  const next = people.slice(people.indexOf(person) + 1).find((other) => !answerOf(other)) ?? people.find((other) => !answerOf(other));
  (next?.querySelector("input") ?? roll.querySelector("button[type=submit]")).focus();
}

function tally(among) {
  const answers = among.map(answerOf);
  const of = (value) => answers.filter((one) => one === value).length;
  return { forVotes: of("for"), against: of("mot"), missing: of(undefined) };
}

function count() {
  const all = tally(people);
  roll.querySelector(".opprop-sum").textContent = `${all.forVotes} for, ${all.against} mot${all.missing ? `, ${all.missing} igjen` : ""}`;
  for (const group of roll.querySelectorAll(".opprop-gruppe")) {
    const own = tally([...group.querySelectorAll(".opprop-person")]);
    group.querySelector("[data-gruppesum]").textContent = `${own.forVotes} for, ${own.against} mot`;
  }
}

if (roll) {
  roll.querySelector("[data-hjelp]").hidden = false;
  roll.addEventListener("change", count);
  roll.addEventListener("keydown", (event) => {
    const person = event.target.closest(".opprop-person");
    const value = keys[event.key.toLowerCase()];
    if (!person || !value || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    answer(person, value);
  });
  count();
}
