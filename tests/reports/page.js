// Run in a copy of an HTML report, behind axe-core: uses it as a reader would and says what came of it in the title of
// the page, as JSON.
(async () => {
    const told = { errors: window.errors };
    const rows = () => Array.from(document.querySelectorAll("tbody tr"));
    const shown = () => rows().filter((row) => !row.hidden).length;
    const form = document.querySelector("form");
    const type = (name, value) => {
        form[name].value = value;
        form.dispatchEvent(new Event("input"));
    };
    told.rows = rows().length;
    told.sorted = Array.from(document.querySelectorAll("thead th"), (head, column) => {
        const keys = () => rows().map((row) => row.cells[column].dataset.key || row.cells[column].textContent);
        const order = (a, b) => a.localeCompare(b, undefined, { numeric: true });
        head.querySelector("button").click();
        const up = keys();
        head.querySelector("button").click();
        const down = keys();
        return String(up) === String([...up].sort(order)) && order(down[0], down[down.length - 1]) >= 0 &&
            head.getAttribute("aria-sort") === "descending";
    });
    type("state", "past");
    told.past = shown();
    type("state", "");
    type("words", "BAD.py");
    told.bad = shown();
    type("words", "");
    told.all = shown();
    const result = await window.axe.run();
    told.violations = result.violations.map((violation) => `${violation.id}: ${violation.nodes[0].html}`);
    told.passes = result.passes.length;
    told.wide = document.documentElement.scrollWidth > window.innerWidth;
    told.dark = matchMedia("(prefers-color-scheme: dark)").matches;
    document.title = JSON.stringify(told);
})();
