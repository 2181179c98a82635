// Pages that everybody sees.
import { test } from "./people.mjs";

test("every public page, at three widths and in both languages", async ({ somebody }) => {
  for (const width of [390, 1280, 1920])
    for (const lang of ["zh", "en"]) {
      const person = await somebody({ width, lang, name: `public-${lang}-${width}` });
      for (const path of ["/", "/items", "/items?theme=food", "/search?q=%E5%BC%80%E9%A5%AD%E5%BA%97", "/search?q=zzzz", "/items/drainage-permit-new",
        "/items/food-business-licence", "/items/first-registration/guide?use=home&built_by=own&mortgaged=no&certificates=999999999999", "/demo", "/sign-in", "/nowhere"]) await person.go(path);
    }
});
