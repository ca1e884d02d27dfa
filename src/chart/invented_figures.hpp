#pragma once
// Invented figures that the tests draw. None are of real people or services.

#include "chart/client_picture.hpp"
#include "chart/cohort_lines.hpp"
#include "chart/histogram.hpp"
#include "chart/line_chart.hpp"
#include "chart/sankey.hpp"
#include "chart/service_share.hpp"
#include "chart/spread_strip.hpp"
#include "chart/upset_plot.hpp"

#include <cmath>

namespace optimat::chart::invented {

/// Month ends before and including October 2018; the last one is a part-month when asked for.
inline std::vector<ShareMonth> months(int count, MonthKind last = MonthKind::whole) {
    std::vector<ShareMonth> result;
    for (int i = 0; i < count; ++i) {
        const Day day = add_months(*day_of(2018, 10, 31), i + 1 - count);
        const auto shift = static_cast<std::int64_t>(i * 36 / count);
        ShareMonth month{month_name(day), MonthKind::whole, {}, {}, 0, 0, {}, {}};
        month.people = {160 - 2 * shift, 95 - shift / 2, 70 + 3 * shift, 12 + shift % 5};
        const double drift = static_cast<double>(shift);
        month.mean_dose_mg = {38.4 + drift / 12, 71.6 + drift / 20, 82.2 + drift / 9, 41.5};
        month.uncategorised = 64 - shift;
        month.mat1 = 18 + shift % 7;
        month.mat4 = 25 + shift % 3;
        month.in_mat = month.in_cohorts() + month.uncategorised + *month.mat1 + *month.mat4;
        result.push_back(month);
    }
    result.back().kind = last;
    if (last == MonthKind::part) result.back().label = "to 15 Oct 2018";
    return result;
}

inline Sankey flows() {
    Sankey data{"Sep 2018", "Oct 2018", {}, {}};
    data.ends = {{"Red", "Red", FlowInk::red},
                 {"Amber", "Amber", FlowInk::amber},
                 {"Green", "Green", FlowInk::green},
                 {"Grey", "Grey", FlowInk::grey},
                 {"MAT 1", "MAT 1", FlowInk::neutral},
                 {"MAT 4", "MAT 4", FlowInk::neutral},
                 {"Uncategorised", "Uncategorised", FlowInk::neutral},
                 {"Came from elsewhere", "Moved elsewhere", FlowInk::outside},
                 {"Entered MAT", "Left MAT", FlowInk::outside}};
    data.people = {{88, 14, 4, 0, 0, 0, 2, 1, 3}, {7, 71, 9, 0, 0, 1, 0, 0, 2}, {3, 5, 160, 2, 0, 4, 1, 2, 1},
                   {1, 0, 2, 11, 0, 0, 0, 0, 0},  {6, 4, 1, 0, 9, 0, 1, 0, 1},  {0, 0, 1, 0, 0, 22, 0, 0, 3},
                   {4, 1, 6, 0, 0, 0, 17, 0, 2},  {1, 0, 2, 0, 0, 0, 1, 0, 0},  {5, 0, 0, 0, 8, 0, 3, 0, 0}};
    return data;
}

inline ServiceShares services() {
    ServiceShares data{"MAT 2 below the threshold, of everybody in MAT", "people in MAT", {}};
    for (int i = 0; i < 24; ++i) {
        const std::int64_t of = 40 + 37 * i % 811 + i * i;
        const double share = 0.27 + 0.09 * std::sin(i * 1.7) / (1 + static_cast<double>(of) / 900);
        data.services.push_back({"Service " + std::string(1, static_cast<char>('A' + i)),
                                 static_cast<std::int64_t>(share * static_cast<double>(of)), of,
                                 i == 9 ? ServiceMark::own : ServiceMark::other});
    }
    data.services[17].people += 70;
    data.services[4].people = 20;
    return data;
}

/// So many items and combinations of them, each with fewer people than the one before.
inline UpsetPlot upset(std::size_t items, std::size_t combinations) {
    UpsetPlot data{{}, {}, "supervised", "not supervised"};
    for (std::size_t item = 0; item < items; ++item)
        data.items.push_back({"Item " + std::string(1, static_cast<char>('A' + item)) +
                                  (item == 1 ? " with a name that is longer than there is room for it" : ""),
                              0, 0});
    for (std::size_t i = 0; i < combinations; ++i) {
        const auto people = static_cast<std::int64_t>(1240 / (i + 1) / (i + 1) + 1);
        UpsetCombination one{std::vector<bool>(items), people,
                             i == 0 ? people / 9 : people - people / static_cast<std::int64_t>(i + 3)};
        for (std::size_t item = 0; item < items; ++item)
            one.items[item] = (i >> item) % 2 == 1;
        for (std::size_t item = 0; item < items; ++item)
            if (one.items[item]) {
                data.items[item].people += one.people;
                data.items[item].marked += one.marked;
            }
        data.combinations.push_back(std::move(one));
    }
    return data;
}

inline SpreadStrip strip() {
    return {0.08, 0.19,        0.27,
            0.34, 0.52,        {0.08, 0.12, 0.19, 0.2, 0.22, 0.27, 0.271, 0.28, 0.34, 0.36, 0.41, 0.52},
            0.34, "Service J", 0,
            0.6,  Unit::share};
}

inline std::vector<Micrograms> doses() {
    std::vector<Micrograms> result;
    for (int i = 0; i < 400; ++i) {
        const double swing = 62 + 26 * std::sin(i * 2.3) + 22 * std::sin(i * 0.71) + i % 7;
        result.push_back(milligrams(5 * std::lround(swing / 5)));
    }
    return result;
}

inline LineChart issues_by_import() {
    return {{"Jun 2018", "Jul 2018", "Aug 2018", "Sep 2018", "Oct 2018"},
            {{"Dose missing", {14.2, 12.1, 12.6, 9.0, 8.1}, LineInk::first},
             {"Overlapping prescriptions", {8.0, 8.8, std::nullopt, 8.9, 8.4}, LineInk::second},
             {"TOP without date", {2.0, 1.8, 1.9, 1.1, 0.4}, LineInk::third}},
            Unit::number,
            "issues per 1,000 rows"};
}

/// A history of some months that ends on 31 October 2018.
inline ClientPicture person(int months_shown) {
    const Day to = *day_of(2018, 10, 31), from = add_months(to, -months_shown) + 1;
    ClientPicture data{from, to, {}, {}, {}, {}, {}, {}, {}};
    DoseLane methadone{"Methadone, mg", milligrams(60), {}};
    const int length = to - from + 1;
    const auto at = [&](double part) { return from + static_cast<std::int32_t>(part * length); };
    methadone.spans = {{at(0), at(0.06) - 1, milligrams(30)},   {at(0.06), at(0.12) - 1, milligrams(45)},
                       {at(0.12), at(0.3) - 1, milligrams(60)}, {at(0.3), at(0.4) - 1, milligrams(85)},
                       {at(0.45), at(0.55) - 1, std::nullopt},  {at(0.55), at(0.7) - 1, milligrams(70)}};
    DoseLane buprenorphine{"Buprenorphine, mg",
                           milligrams(12),
                           {{at(0.7), at(0.76), milligrams(8)}, {at(0.76) + 1, to, milligrams(16)}}};
    data.doses = {methadone, buprenorphine};
    data.medicine_changes = {{at(0), "methadone"}, {at(0.7), "buprenorphine tablets"}};
    data.cover = {{at(0), at(0.4) - 1}, {at(0.45), to}};
    for (int i = 0; i < months_shown; ++i) {
        const double part = (i + 0.5) / months_shown;
        const PictureStage stage = part < 0.1    ? PictureStage::mat1
                                   : part < 0.35 ? PictureStage::mat2
                                   : part < 0.45 ? PictureStage::outside
                                   : part < 0.55 ? PictureStage::uncategorised
                                   : part < 0.85 ? PictureStage::mat3
                                                 : PictureStage::mat4;
        data.stages.push_back({month_end(add_months(*day_of(2018, 10, 1), i + 1 - months_shown)), stage});
    }
    const std::optional<int> uses[] = {28, 20, 12, std::nullopt, 6, 2, 0, 0};
    for (int i = 0; i < 8; ++i)
        data.tops.push_back({at(0.02 + i * 0.13), uses[i]});
    for (int i = 0; i < 12; ++i)
        data.screens.push_back({at(0.03 + i * 0.08), i < 5    ? ScreenOutcome::positive
                                                     : i == 7 ? ScreenOutcome::inconclusive
                                                              : ScreenOutcome::negative});
    data.events = {{at(0.05), "naloxone supplied"},     {at(0.07), "medical review"},
                   {at(0.4), "missed pick-up"},         {at(0.42), "overdose, not fatal"},
                   {at(0.44), "medical review"},        {at(0.8), "keywork"},
                   {at(0.95), "high dose acknowledged"}};
    return data;
}

inline Frame frame(const std::string& id) {
    return {id, "Invented figures", "A drawing of invented figures, with 5 < 6 & \"quotes\" to be escaped.",
            full_width};
}

}  // namespace optimat::chart::invented
