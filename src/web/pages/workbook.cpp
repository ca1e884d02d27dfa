// The workbook that services know: every place, with chart and data sheets, at the place and months of the
// page.

#include "report/workbook.hpp"
#include "base/temporary_folder.hpp"
#include "stage/classify.hpp"
#include "web/pages/page.hpp"
#include "web/pages/pages.hpp"
#include "web/site.hpp"
#include "web/views_definitions.hpp"

#include <fmt/format.h>
#include <fstream>
#include <iterator>

namespace optimat::pages {

Response tracker_full_workbook(Context& context) {
    const PageChoice choice = read_page_choice(context);
    const Figures& figures = context.figures();
    // A group that users put together is no place of the extract, and the workbook picks from those.
    const Place* chosen = figures.find_place(choice.place_key);
    if (chosen == nullptr) chosen = figures.find_place("organisation");
    const States states = classify(figures.extract(), figures.policy(),
                                   tracker_dates(choice.day(figures), choice.months), figures.threads());
    const WorkbookRequest request{
        figures.extract(),
        states,
        figures.policy(),
        figures.report(),
        definitions_of(context.site).entries,
        rule_texts(context.site.options().definitions.text("rules.toml"), "rules.toml"),
        figures.provenance(),
        figures.threads(),
        *chosen,
        context.site.measures()};
    const TemporaryFolder folder;
    write_workbook(request, folder.path() / "tracker.xlsx");
    std::ifstream in(folder.path() / "tracker.xlsx", std::ios::binary);
    return download({std::istreambuf_iterator<char>(in), {}},
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    fmt::format("optimat-tracker-{}-all-services.xlsx", month_key(choice.day(figures))));
}

}  // namespace optimat::pages
