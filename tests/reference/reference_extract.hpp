#pragma once

// The records of an extract that decide a state, read by the cell rules of the input contract, without its
// issues: what the contract refuses is left out, what it calls not recorded is an empty optional or an empty
// text.

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace optimat::reference {

using Day = std::chrono::sys_days;

struct Service {
    std::string id, region, area, peer_group;
    std::optional<Day> prescribing_from;
};

struct Episode {
    std::string client_id, service_id;
    Day start;
    std::optional<Day> end;
    std::string end_reason;
    std::string on_mat_at_start;  // true | false | "" (not recorded)
};

struct Prescription {
    std::string id, client_id, service_id, medicine;
    std::optional<long> dose_micrograms;
    Day start;
    std::optional<Day> end;  // inclusive
    std::string regime;      // increasing | stable | reducing | detox | ""
    std::optional<long> target_dose_micrograms;
    std::optional<Day> target_date, plan_start;
};

struct Top {
    std::string client_id;
    Day date;
    std::string stage, setting;
    std::optional<int> opiate_days;
};

struct Screen {
    std::string client_id;
    Day date;
    std::string setting, illicit_opioid, fentanyl_or_nitazene;
};

struct Event {
    std::string client_id;
    Day date;
    std::string kind;
};

struct Extract {
    Day covers_from;
    std::vector<Service> services;
    std::vector<Episode> episodes;
    std::vector<Prescription> prescriptions;
    std::vector<Top> tops;
    std::vector<Screen> screens;
    std::vector<Event> events;
};

/// Throws std::runtime_error when a required file, a required column or covers_from is missing.
Extract read_extract(const std::filesystem::path& folder);

/// Decimal milligrams, zero included, as whole micrograms, half up; none when unreadable, negative or above
/// 1,000,000 mg. With two factors, their product (millilitres x strength), rounded once.
std::optional<long> micrograms(const std::string& milligrams);
std::optional<long> micrograms(const std::string& millilitres, const std::string& milligrams_per_millilitre);

}  // namespace optimat::reference
