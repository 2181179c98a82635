// Answers the questions about the drainage permit, as a small restaurant that discharges already would.
const answers = { premises: "food", discharging: "yes", daily_discharge: "8", treatment: "yes", network: "municipal", in_person: "yes" };

export async function answerGuidance(person) {
  for (let questions = 0; questions < 12; ++questions) {
    const name = await person.page.locator("input[name=answering]").getAttribute("value").catch(() => null);
    if (!name || !(await person.page.locator(`main [name=${name}]`).count())) return;
    const number = person.page.locator(`main input[name=${name}]:not([type=radio])`);
    if (await number.count()) await person.type(number, answers[name]);
    else await person.choose(`main input[name=${name}][value=${answers[name]}]`);
    await person.press(person.button("catalogue.next"));
    if (!(await person.page.locator("input[name=answering]").count())) return;
  }
}
