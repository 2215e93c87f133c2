// Writes the page that shows all pictures: a row for each state, a column for each look; checkboxes hide looks without any script.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { groups } from "../states/all";
import { FOLDER, fileOf, looks } from "./pictures";

const FILTERS = ["1280", "390", "320", "light", "dark", "ltr", "rtl"];

const STYLE = `
  body { margin: 1rem; font: 1rem/1.5 system-ui, sans-serif; }
  header { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: 1rem; padding: .5rem 0; background: Canvas; }
  .row { display: flex; gap: .75rem; overflow-x: auto; padding-bottom: .75rem; align-items: start; }
  figure { margin: 0; flex: none; }
  figcaption { font-size: .75rem; color: GrayText; }
  img { display: block; height: 15rem; border: 1px solid GrayText; }
  h2 { margin: 1rem 0 .25rem; font-size: 1rem; }
  ${FILTERS.map((one) => `body:has(#f-${one}:not(:checked)) [data-look~="${one}"] { display: none; }`).join("\n  ")}
`;

export default function write() {
  const rows = groups.flatMap(({ states }) =>
    states.map(({ screen, state }) => {
      const figures = looks.flatMap((look) => {
        const file = fileOf(screen, state, look);
        if (!existsSync(join(FOLDER, file))) return [];
        const words = `${look.size.width} ${look.theme} ${look.direction}`;
        return [
          `<figure data-look="${words}"><a href="${file}"><img loading="lazy" src="${file}" alt="${screen}, ${state}, ${words}"></a>` +
            `<figcaption>${words}</figcaption></figure>`,
        ];
      });
      return `<h2>${screen}: ${state}</h2><div class="row">${figures.join("")}</div>`;
    }),
  );
  const filters = FILTERS.map((one) => `<label><input type="checkbox" id="f-${one}" checked> ${one}</label>`);
  writeFileSync(
    join(FOLDER, "index.html"),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Gallery</title><style>${STYLE}</style>` +
      `<h1>Every screen in every state and look</h1><header>${filters.join("")}</header>${rows.join("\n")}</html>\n`,
  );
}
