#pragma once

// What an invented client is prescribed: a history after one of a few recipes, each aimed at the edges of
// some rules.

#include "random_histories.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace optimat::reference {

using std::chrono::days;

// Only to aim at the edges; what counts is decided by the classifiers.
struct Product {
    std::string medicine;
    long threshold;  // micrograms
    long tolerance;
    long gap;    // days
    long lasts;  // days of one prescription
};

inline const std::vector<Product> products = {
    {"methadone", 60'000, 1'000, 4, 14},
    {"buprenorphine", 12'000, 400, 4, 14},
    {"buprenorphine_naloxone", 12'000, 400, 4, 14},
    {"buprenorphine_lyophilisate", 10'000, 400, 4, 7},
    {"buprenorphine_weekly", 24'000, 8'000, 4, 7},
    {"buprenorphine_monthly", 96'000, 32'000, 7, 28},
    {"buprenorphine_sublocade", 100'000, 200'000, 14, 28},
    {"morphine_sr", 60'000, 1'000, 4, 14},
    {"dihydrocodeine", 60'000, 1'000, 4, 14},
    {"diamorphine", 60'000, 1'000, 4, 14},
};

inline const std::vector<std::string> other_medicines = {"diazepam", "naltrexone", "lofexidine",
                                                         "unlisted_product"};

inline Day months_after(Day day, int months) {
    const std::chrono::year_month_day date{day};
    const std::chrono::year_month month = date.year() / date.month() + std::chrono::months{months};
    const std::chrono::year_month_day_last last = month / std::chrono::last;
    return Day{month / std::min(date.day(), last.day())};
}

class RandomPrescriptions {
  public:
    RandomPrescriptions(Dice& dice, const RandomExtractOptions& options, RandomRecords& records,
                        std::string client)
        : m_dice(dice),
          m_options(options),
          m_records(records),
          m_client(std::move(client)),
          m_as_at(m_dice.one_of(options.as_at)),
          m_service(any_service()) {}

    void follow_recipe(int recipe) {
        switch (recipe % 11) {
        case 0:
            return titration();
        case 1:
            return one_change();
        case 2:
            return injection_beside_tablets();
        case 3:
            return started_together();
        case 4:
            return ended_together();
        case 5:
            return open_ended();
        case 6:
            return started_as_data_begin();
        case 7:
            return came_on_mat();
        case 8:
            return planned_detox();
        case 9:
            return recorded_detox();
        default:
            return noise();
        }
    }

  protected:
    Dice& m_dice;
    const RandomExtractOptions& m_options;
    RandomRecords& m_records;
    std::string m_client;
    Day m_as_at;            // the reference date aimed at
    std::string m_service;  // named by most of the client's records
    std::vector<Prescription> m_own;

    Product any_product() {
        return products[static_cast<std::size_t>(m_dice.between(0, m_dice.chance(80) ? 6 : 9))];
    }
    std::string any_service() { return fmt::format("S{}", m_dice.between(1, m_options.services)); }
    std::string service() { return m_dice.chance(85) ? m_service : any_service(); }
    Day near(Day day, long before, long after) { return day + days{m_dice.between(-before, after)}; }
    Day own_start() { return m_own.empty() ? m_as_at - days{30} : m_dice.one_of(m_own).start; }

    std::string regime() {
        return m_dice.one_of<std::string>(
            {"", "", "", "increasing", "stable", "stable", "reducing", "detox"});
    }

    // On the threshold, a microgram or a tolerance beside it, or half of it so that two make it up.
    std::optional<long> dose(const Product& product) {
        if (m_dice.chance(6)) return std::nullopt;
        const long tolerance = product.tolerance;
        return std::max(1L,
                        product.threshold + m_dice.one_of<long>({0, 0, -1, 1, tolerance, -tolerance,
                                                                 -product.threshold / 2, product.threshold}));
    }

    // The change is the tolerance, a microgram to either side of it, or nothing.
    std::optional<long> changed(std::optional<long> dose, const Product& product) {
        const long tolerance = product.tolerance;
        if (!dose) return this->dose(product);
        if (m_dice.chance(5)) return std::nullopt;
        return std::max(1L, *dose + m_dice.one_of<long>({0, 0, tolerance, -tolerance, tolerance - 1,
                                                         1 - tolerance, tolerance + 1, -tolerance - 1}));
    }

    // Ids have no order in time, and P9 comes after P10.
    std::string next_prescription_id() {
        const auto written = static_cast<long>(m_records.prescriptions.size() + m_own.size());
        return fmt::format("P{}", (written + 1) * 7919 % 100'003);
    }

    // Given in braces, which are read from left to right: arguments are drawn in any order the compiler
    // likes.
    struct Course {
        Product product;
        Day start;
        std::optional<Day> end;
    };

    Prescription& prescribe(const Course& course) {
        Prescription prescription;
        prescription.id = next_prescription_id();
        prescription.client_id = m_client;
        prescription.service_id = service();
        prescription.medicine = course.product.medicine;
        prescription.dose_micrograms = dose(course.product);
        prescription.start = course.start;
        prescription.end = course.end && *course.end < course.start ? course.start : course.end;
        m_own.push_back(prescription);
        return m_own.back();
    }

    long gap(const Product& product) {
        return m_dice.one_of<long>({0, 0, 0, 0, 0, -1, -7, product.gap - 1, product.gap, product.gap + 1});
    }

    // Prescriptions one after the other, with regimes that stay for a while.
    void chain(const Course& course) {
        const Product& product = course.product;
        std::optional<long> current = dose(product);
        std::string recorded = m_dice.chance(40) ? "" : regime();
        for (Day start = course.start; start <= course.end;) {
            const Day end = start + days{m_dice.one_of<long>({0, 6, 13, 26, 27, 28, 29, product.lasts - 1})};
            Prescription& prescription = prescribe({product, start, end});
            prescription.dose_micrograms = current;
            prescription.regime = recorded;
            start = std::max(start + days{1}, end + days{1 + gap(product)});
            current = changed(current, product);
            if (m_dice.chance(30)) recorded = regime();
        }
    }

    // cover/spell, stage 1, regime/derived: day 28 and 29 of a spell; a change 27, 28 and 29 days ago.
    void titration() {
        const auto length = m_dice.one_of<long>({0, 26, 27, 28, 29, 30, 55, 56, 57, 90, 91, 92, 120, 200});
        const Product product = any_product();
        chain({product, m_as_at - days{length}, near(m_as_at, 3, 10)});
        if (m_dice.chance(25)) chain({any_product(), m_as_at - days{m_dice.between(0, 30)}, m_as_at});
    }

    // regime/derived: two doses, the second since about 28 days ago, at times after uncovered days.
    void one_change() {
        const Product product = any_product();
        const Day second_start = m_as_at - days{m_dice.between(24, 30)};
        const Day first_end = second_start - days{m_dice.one_of<long>({1, 1, 1, 3})};
        const auto first_dose = prescribe({product, first_end - days{40}, first_end}).dose_micrograms;
        Prescription& second = prescribe({product, second_start, near(m_as_at, 1, 9)});
        second.dose_micrograms = changed(first_dose, product);
        second.regime = m_dice.one_of<std::string>({"", "", "stable"});
    }

    // dose/current: a top-up beside an injection, started before, with and after it, and outlasting it.
    void injection_beside_tablets() {
        const Product injection = products[static_cast<std::size_t>(m_dice.between(4, 6))];
        const Product tablets = products[static_cast<std::size_t>(m_dice.between(1, 3))];
        const Day start = near(m_as_at, injection.lasts + injection.gap + 2, 0);
        const Day end = start + days{injection.lasts - 1};
        prescribe({injection, start, m_dice.chance(80) ? std::optional{end} : std::nullopt});
        prescribe(
            {tablets, near(start, 5, 5), m_dice.one_of<Day>({end - days{3}, end, end + days{3}, m_as_at})});
        if (m_dice.chance(50)) prescribe({tablets, end + days{1 + gap(injection)}, near(m_as_at, 1, 9)});
        if (m_dice.chance(50)) chain({injection, m_as_at - days{90}, start - days{1}});
        if (m_dice.chance(25)) prescribe({products[0], near(start, 2, 2), near(end, 2, 2)});
    }

    // dose/current: several that start on one day, of one family or several, a dose missing, the ids in no
    // order.
    void started_together() {
        const Day start = near(m_as_at, 60, 0);
        const Product first = any_product();
        const long several = m_dice.between(2, 4);
        for (long i = 0; i < several; ++i) {
            const Product product = m_dice.chance(60) ? first : any_product();
            Prescription& prescription = prescribe({product, start, near(m_as_at, 2, 20)});
            prescription.regime = regime();
            prescription.service_id = any_service();
            if (m_dice.chance(50)) prescription.dose_micrograms = product.threshold / 2;
        }
        if (m_dice.chance(60)) chain({first, start - days{60}, start - days{1}});
    }

    // cover/spell: two end on one day, and how long a gap may last depends on both.
    void ended_together() {
        const Product shorter = any_product();
        const Product longer = products[static_cast<std::size_t>(m_dice.between(5, 6))];
        const Day next = near(m_as_at, 40, 0);
        const auto uncovered = m_dice.one_of<long>({4, 5, 7, 8, 14, 15});
        const Day end = next - days{1 + uncovered};
        prescribe({longer, end - days{m_dice.between(0, 30)}, end});
        prescribe(
            {shorter, end - days{m_dice.between(0, 30)}, end + days{m_dice.one_of<long>({0, 0, 0, -1, 1})}});
        chain({any_product(), next, near(m_as_at, 1, 5)});
    }

    std::string end_reason() {
        return m_dice.one_of<std::string>(
            {"completed_drug_free", "transferred_not_in_custody", "dropped_out", "other", ""});
    }

    // cover/effective-end: open prescriptions, what follows them, and episodes that end around them.
    void open_ended() {
        const Product product = any_product();
        Day start = m_as_at - days{m_dice.between(20, 100)};
        const long several = m_dice.between(1, 4);
        for (long i = 0; i < several; ++i) {
            const std::string place = prescribe({product, start, std::nullopt}).service_id;
            if (m_dice.chance(40)) end_episode_around(place, start);
            start = start + days{m_dice.one_of<long>({0, 1, 5, 28})};
        }
        if (m_dice.chance(30))
            prescribe({{m_dice.one_of(other_medicines), 5'000, 0, 0, 0}, near(m_as_at, 5, 0), std::nullopt});
        if (m_dice.chance(40)) prescribe({product, near(m_as_at, 3, 3), std::nullopt});
    }

    void end_episode_around(const std::string& place, Day start) {
        const Day end =
            m_dice.one_of<Day>({start - days{1}, start, start + days{10}, m_as_at - days{1}, m_as_at});
        m_records.episodes.push_back({m_client, m_dice.chance(75) ? place : any_service(),
                                      end - days{m_dice.between(0, 200)}, end, end_reason(), ""});
    }

    // cover/censored: the fourth and fifth day after the data begin, at all or at the service.
    void started_as_data_begin() {
        Day begin = m_records.covers_from;
        std::string place = any_service();
        for (const Service& service : m_records.services)
            if (m_dice.chance(40) && service.prescribing_from) {
                begin = *service.prescribing_from;
                place = service.id;
            }
        const Day start = begin + days{m_dice.one_of<long>({-1, 3, 4, 4, 5, 5, 6})};
        const Product product = any_product();
        prescribe({product, start, std::max(m_as_at, start) + days{m_dice.between(0, 9)}}).service_id = place;
        if (m_dice.chance(40))
            prescribe({product, start, start + days{5}});  // another service may have the lesser id
        if (m_dice.chance(40)) chain({product, start + days{7}, near(m_as_at, 0, 5)});
    }

    // cover/censored: an episode that says so, 27 to 29 days old, here or elsewhere, open on the spell's
    // first day or not.
    void came_on_mat() {
        const Day start = near(m_as_at, 40, 0);
        const std::string place = prescribe({any_product(), start, near(m_as_at, 0, 9)}).service_id;
        Episode episode{m_client,
                        m_dice.chance(85) ? place : any_service(),
                        start - days{m_dice.one_of<long>({-1, 0, 27, 28, 28, 29, 29})},
                        std::nullopt,
                        "",
                        m_dice.one_of<std::string>({"true", "true", "true", "false", ""})};
        if (m_dice.chance(40)) episode.end = std::max(episode.start, start + days{m_dice.between(-1, 1)});
        if (episode.end) episode.end_reason = end_reason();
        m_records.episodes.push_back(episode);
    }

    // A run of prescriptions of 14 days up to the reference date.
    std::vector<Course> run_of(const Product& product, Day first) {
        std::vector<Course> run;
        for (Day start = first; start <= m_as_at; start += days{14})
            run.push_back({product, start, start + days{13}});
        return run;
    }

    // The last row, any row, or none (one past the last).
    std::size_t any_row(const std::vector<Course>& run) {
        if (m_dice.chance(40)) return run.size();
        if (m_dice.chance(50)) return run.size() - 1;
        return static_cast<std::size_t>(m_dice.between(0, static_cast<long>(run.size()) - 1));
    }

    // What came before the run: the same medicine with no gap, a tolerated one, or one too long.
    Prescription& lead_in(const Product& product, Day first) {
        const auto uncovered = m_dice.one_of<long>({0, product.gap, product.gap + 1});
        return prescribe({product, first - days{40}, first - days{1 + uncovered}});
    }

    // regime 1: plans of three months and a day to either side, run out or not, in runs that others break.
    void planned_detox() {
        const Product product = any_product();
        const Day first = m_as_at - days{m_dice.one_of<long>({20, 40, 60, 88, 89, 90, 91, 92, 93, 94, 110})};
        const auto plan_start = m_dice.chance(40) ? std::optional{near(first, 20, 5)} : std::nullopt;
        const Day target =
            m_dice.chance(60) ? near(months_after(plan_start.value_or(first), 3), 1, 1) : near(m_as_at, 1, 1);
        if (m_dice.chance(30))
            lead_in(product, first);
        else if (m_dice.chance(50))
            plan(lead_in(product, first), target, plan_start);
        const std::vector<Course> run = run_of(product, first);
        const std::size_t disturbed = any_row(run);
        for (std::size_t row = 0; row < run.size(); ++row) {
            plan(prescribe(run[row]), target, plan_start);
            if (row == disturbed) disturb_plan(run[row]);
        }
    }

    void plan(Prescription& prescription, Day target, std::optional<Day> plan_start) {
        prescription.target_dose_micrograms = 0;
        prescription.target_date = target;
        prescription.plan_start = plan_start;
        if (m_dice.chance(30)) prescription.regime = regime();
    }

    void disturb_plan(const Course& course) {
        Prescription& last = m_own.back();
        switch (m_dice.between(0, 5)) {
        case 0:
            last.target_dose_micrograms = 1;
            break;
        case 1:
            last.target_date.reset();
            break;
        case 2:
            last.target_dose_micrograms.reset();
            break;
        default:
            prescribe(course).regime = regime();  // on the same day, its id before or after
        }
    }

    // regime 2: three months of recorded detox end today, yesterday or tomorrow, in runs that others break.
    void recorded_detox() {
        const Product product = any_product();
        const Day first = near(months_after(m_as_at, -3), 3, 1);
        if (m_dice.chance(60))
            lead_in(product, first).regime = m_dice.one_of<std::string>({"detox", "stable"});
        const std::vector<Course> run = run_of(product, first);
        const std::size_t disturbed = any_row(run);
        for (std::size_t row = 0; row < run.size(); ++row) {
            prescribe(run[row]).regime = "detox";
            if (row == disturbed) disturb_detox(run[row]);
        }
    }

    void disturb_detox(const Course& course) {
        const Day target = near(m_as_at, 1, 90);
        switch (m_dice.between(0, 5)) {
        case 0:
            m_own.back().regime = regime();
            break;
        case 1:
            plan(m_own.back(), target, std::nullopt);
            m_own.back().regime = "detox";
            break;
        default:
            prescribe(course).regime = regime();
        }
    }

    // Whatever else there may be.
    void noise() {
        const long several = m_dice.between(2, 8);
        for (long i = 0; i < several; ++i) {
            const Day start = near(m_as_at, 150, 10);
            const Day end = start + days{m_dice.between(0, 60)};
            Prescription& prescription =
                prescribe({any_product(), start, m_dice.chance(85) ? std::optional{end} : std::nullopt});
            prescription.regime = regime();
            if (m_dice.chance(10)) plan(prescription, near(m_as_at, 30, 60), std::nullopt);
        }
    }

    void non_mat_medicine() {
        const Day start = near(m_as_at, 20, 0);
        prescribe({{m_dice.one_of(other_medicines), 10'000, 1'000, 0, 0}, start, near(m_as_at, 0, 20)})
            .regime = regime();
    }
};

}  // namespace optimat::reference
