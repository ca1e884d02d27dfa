// Every chart, wide and for a phone, byte by byte as committed under golden/. After a wanted change, run this
// program with OPTIMAT_WRITE_GOLDEN=1 and look at the files before committing them.

#include "chart/chart_icon.hpp"
#include "chart/funnel.hpp"
#include "chart/interval_plot.hpp"
#include "chart/invented_change.hpp"
#include "chart/invented_figures.hpp"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace optimat::chart {
namespace {

std::string path_of(const std::string& name) {
    return std::string(OPTIMAT_SOURCE_DIR) + "/src/chart/golden/" + name + ".svg";
}

void compare(const std::string& name, const Html& drawing) {
    if (std::getenv("OPTIMAT_WRITE_GOLDEN") != nullptr)
        std::ofstream(path_of(name)) << drawing.text() << '\n';
    std::stringstream golden;
    golden << std::ifstream(path_of(name)).rdbuf();
    EXPECT_EQ(golden.str(), drawing.text() + "\n") << name << ".svg";
}

/// Both drawings.
template <class Data>
void compare_both(const std::string& name, const Data& data, Html (*draw)(const Data&, const Frame&)) {
    const Frame frame = invented::frame(name);
    compare(name, draw(data, frame));
    compare(name + "-narrow", draw(data, narrow(frame)));
}

TEST(Golden, stacked_share) {
    compare_both("stacked-12", StackedShare{invented::months(12)}, stacked_share);
    compare_both("stacked-24-part", StackedShare{invented::months(24, MonthKind::part)}, stacked_share);
    compare_both("stacked-36", StackedShare{invented::months(36)}, stacked_share);
    StackedShare with_empty_month{invented::months(3)};
    with_empty_month.months[1].people = {};
    compare_both("stacked-empty-month", with_empty_month, stacked_share);
    compare_both("stacked-none", StackedShare{}, stacked_share);
}

TEST(Golden, cohort_lines) {
    compare_both("lines-12", CohortLines{invented::months(12)}, cohort_lines);
    compare_both("lines-36", CohortLines{invented::months(36)}, cohort_lines);
}

TEST(Golden, line_chart) { compare_both("issues", invented::issues_by_import(), line_chart); }

TEST(Golden, sankey) { compare_both("flows", invented::flows(), sankey); }

TEST(Golden, spread_strip) {
    compare_both("strip", invented::strip(), spread_strip);
    compare("strip-inline", spread_strip_inline(invented::strip(), invented::frame("strip-inline")));
}

TEST(Golden, histogram) {
    Histogram data = make_histogram(invented::doses(), milligrams(60));
    data.dose_name = "methadone, mg a day";
    compare_both("doses", data, histogram);
}

TEST(Golden, funnel) { compare_both("funnel", invented::services(), funnel); }

TEST(Golden, interval_plot) { compare_both("intervals", invented::services(), interval_plot); }

TEST(Golden, upset_plot) {
    compare_both("upset-3-items", invented::upset(3, 8), upset_plot);
    compare_both("upset-12-items", invented::upset(12, 40), upset_plot);
    compare_both("upset-none", UpsetPlot{{}, {}, "supervised", "not supervised"}, upset_plot);
}

TEST(Golden, client_picture) {
    compare_both("person-1-month", invented::person(1), client_picture);
    compare_both("person-18-months", invented::person(18), client_picture);
    compare_both("person-10-years", invented::person(120), client_picture);
}

TEST(Golden, control_chart) {
    compare_both("control-busy", invented::busy_control_chart(), control_chart);
    compare_both("control-young", invented::young_control_chart(), control_chart);
    compare_both("control-changing", invented::changing_control_chart(), control_chart);
    compare_both("control-flat", invented::flat_control_chart(), control_chart);
    compare_both("control-share", invented::share_control_chart(), control_chart);
    compare_both("control-none", ControlPicture{"Nothing yet", {}, xmr_chart({}, {}), {}, {}, {}},
                 control_chart);
}

TEST(Golden, survival_curve) {
    compare_both("survival-one", invented::one_curve(), survival_curve);
    compare_both("survival-two", invented::two_curves(), survival_curve);
    compare_both("survival-none", SurvivalPicture{"Still prescribed", "days", {}, 28}, survival_curve);
}

TEST(Golden, day_bars) {
    compare_both("waits", invented::waits(), day_bars);
    compare_both("waits-none", DayBars{"Waits", {}, {}, "", ""}, day_bars);
}

TEST(Golden, icons) {
    const auto variation = [](Variation said, std::optional<Towards> towards) {
        return std::optional(LatestVariation{0, said, towards});
    };
    compare("icon-none", variation_icon({}, "icon-none"));
    compare("icon-common", variation_icon(variation(Variation::common_cause, {}), "icon-common"));
    compare("icon-better", variation_icon(variation(Variation::improvement, Towards::lower), "icon-better"));
    compare("icon-worse", variation_icon(variation(Variation::concern, Towards::higher), "icon-worse"));
    compare("icon-neither", variation_icon(variation(Variation::neither, Towards::lower), "icon-neither"));
    compare("icon-no-target", assurance_icon(Assurance::no_target, BetterWhen::neither, "icon-no-target"));
    compare("icon-hits", assurance_icon(Assurance::consistently_hits, BetterWhen::higher, "icon-hits"));
    compare("icon-fails", assurance_icon(Assurance::consistently_fails, BetterWhen::higher, "icon-fails"));
    compare("icon-hits-low",
            assurance_icon(Assurance::consistently_hits, BetterWhen::lower, "icon-hits-low"));
    compare("icon-hit-and-miss",
            assurance_icon(Assurance::hit_and_miss, BetterWhen::lower, "icon-hit-and-miss"));
}

}  // namespace
}  // namespace optimat::chart
