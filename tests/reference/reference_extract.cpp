#include "reference_extract.hpp"

#include "reference.hpp"
#include "reference_csv.hpp"

#include <algorithm>
#include <stdexcept>

namespace optimat {

std::optional<std::chrono::year_month_day> reference_date(const std::string& text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    for (const std::size_t i : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U})
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
    const std::chrono::year_month_day date{
        std::chrono::year{std::stoi(text.substr(0, 4))},
        std::chrono::month{static_cast<unsigned>(std::stoi(text.substr(5, 2)))},
        std::chrono::day{static_cast<unsigned>(std::stoi(text.substr(8, 2)))}};
    if (!date.ok() || date.year() < std::chrono::year{1900}) return std::nullopt;
    return date;
}

namespace reference {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr long largest_dose_micrograms = 1'000'000'000;
constexpr std::size_t most_digits = 17;  // two such numbers multiply without overflow

// digits / 10^decimals
struct Decimal {
    Wide digits;
    int decimals;
};

std::optional<Decimal> decimal(std::string text) {
    const std::size_t point = text.find('.');
    std::string fraction;
    if (point != std::string::npos) {
        fraction = text.substr(point + 1);
        text.erase(point);
        while (fraction.ends_with('0') && fraction.size() > 1)
            fraction.pop_back();
    }
    while (text.starts_with('0') && text.size() > 1)
        text.erase(0, 1);
    const std::string digits = text + fraction;
    if (text.empty() || (point != std::string::npos && fraction.empty()) || digits.size() > most_digits)
        return std::nullopt;
    Decimal value{0, static_cast<int>(fraction.size())};
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        value.digits = value.digits * 10 + static_cast<Wide>(c - '0');
    }
    return value;
}

std::optional<long> rounded_micrograms(const Decimal& milligrams) {
    Wide result = milligrams.digits;
    Wide divisor = 1;
    for (int i = milligrams.decimals; i < 3; ++i)
        result *= 10;
    for (int i = 3; i < milligrams.decimals; ++i)
        divisor *= 10;
    result = (result + divisor / 2) / divisor;
    if (result > static_cast<Wide>(largest_dose_micrograms)) return std::nullopt;
    return static_cast<long>(result);
}

std::optional<Day> day(const std::string& cell) {
    const auto date = reference_date(cell);
    if (!date) return std::nullopt;
    return Day{*date};
}

std::string code(const std::string& cell, const std::vector<std::string>& known) {
    return std::find(known.begin(), known.end(), cell) == known.end() ? "" : cell;
}

std::optional<int> days_of_28(const std::string& cell) {
    if (cell.empty() || cell.size() > 2) return std::nullopt;
    for (const char c : cell)
        if (c < '0' || c > '9') return std::nullopt;
    const int days = std::stoi(cell);
    if (days > 28) return std::nullopt;
    return days;
}

// "dose not above zero" and "millilitres without a strength" are not recorded.
std::optional<long> daily_dose(const Row& row) {
    const auto above_zero = [](std::optional<long> dose) { return dose && *dose > 0 ? dose : std::nullopt; };
    if (const auto dose = above_zero(micrograms(row.at("daily_dose_mg")))) return dose;
    return above_zero(micrograms(row.at("daily_dose_ml"), row.at("strength_mg_per_ml")));
}

// The value of `key = "value"` or `key = value`, on a line of its own.
std::string toml_value(const std::string& text, const std::string& key) {
    std::size_t line = 0;
    while (line < text.size()) {
        const std::size_t end = std::min(text.find('\n', line), text.size());
        std::string rest = text.substr(line, end - line);
        std::erase_if(rest,
                      [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '"' || c == '\''; });
        if (rest.starts_with(key + "=")) return rest.substr(key.size() + 1, rest.find('#') - key.size() - 1);
        line = end + 1;
    }
    throw std::runtime_error("extract.toml has no " + key);
}

const FileContract services{
    "services.csv",
    Presence::required,
    {"service_id", "name"},
    {"region", "area", "kind", "prescribing_from", "opened", "closed", "merged_into", "peer_group"},
    {"prescribing_from", "opened", "closed"}};
const FileContract episodes{"episodes.csv",
                            Presence::optional,
                            {"episode_id", "client_id", "service_id", "start_date"},
                            {"referral_date", "presentation_date", "end_date", "end_reason", "opiate_client",
                             "keyworker_id", "team", "source", "shared_care", "on_mat_at_start", "phase"},
                            {"referral_date", "presentation_date", "start_date", "end_date"}};
const FileContract prescriptions{"prescriptions.csv",
                                 Presence::required,
                                 {"prescription_id", "client_id", "service_id", "medicine", "start_date"},
                                 {"prescriber_id", "daily_dose_mg", "daily_dose_ml", "strength_mg_per_ml",
                                  "end_date", "regime", "target_dose_mg", "target_date", "plan_start",
                                  "collection", "supervision", "plan_reason", "pharmacy_id"},
                                 {"start_date", "end_date", "target_date", "plan_start"}};
// Only the columns that decide a state: a TOP or screen counted twice proves nothing more.
const FileContract tops{"tops.csv",
                        Presence::optional,
                        {"top_id", "client_id", "date"},
                        {"stage", "setting", "opiate_days"},
                        {"date"}};
const FileContract screens{"drug_screens.csv",
                           Presence::optional,
                           {"screen_id", "client_id", "date"},
                           {"setting", "illicit_opioid", "fentanyl_or_nitazene"},
                           {"date"}};
const FileContract events{
    "events.csv", Presence::optional, {"client_id", "date", "kind"}, {"detail", "service_id"}, {"date"}};

const std::vector<std::string> settings{"community", "secure"};
const std::vector<std::string> results{"positive", "negative", "inconclusive"};

Service service(const Row& row) {
    return {row.at("service_id"), row.at("region"), row.at("area"), row.at("peer_group"),
            day(row.at("prescribing_from"))};
}

Episode episode(const Row& row) {
    return {row.at("client_id"),        row.at("service_id"),
            *day(row.at("start_date")), day(row.at("end_date")),
            row.at("end_reason"),       code(row.at("on_mat_at_start"), {"true", "false"})};
}

Prescription prescription(const Row& row) {
    return {.id = row.at("prescription_id"),
            .client_id = row.at("client_id"),
            .service_id = row.at("service_id"),
            .medicine = row.at("medicine"),
            .dose_micrograms = daily_dose(row),
            .start = *day(row.at("start_date")),
            .end = day(row.at("end_date")),
            .regime = code(row.at("regime"), {"increasing", "stable", "reducing", "detox"}),
            .target_dose_micrograms = micrograms(row.at("target_dose_mg")),
            .target_date = day(row.at("target_date")),
            .plan_start = day(row.at("plan_start"))};
}

Top top(const Row& row) {
    return {row.at("client_id"), *day(row.at("date")),
            code(row.at("stage"), {"start", "review", "exit", "post_exit"}),
            code(row.at("setting"), settings), days_of_28(row.at("opiate_days"))};
}

Screen screen(const Row& row) {
    return {row.at("client_id"), *day(row.at("date")), code(row.at("setting"), settings),
            code(row.at("illicit_opioid"), results), code(row.at("fentanyl_or_nitazene"), results)};
}

Event event(const Row& row) { return {row.at("client_id"), *day(row.at("date")), row.at("kind")}; }

}  // namespace

std::optional<long> micrograms(const std::string& milligrams) {
    const auto value = decimal(milligrams);
    if (!value) return std::nullopt;
    return rounded_micrograms(*value);
}

std::optional<long> micrograms(const std::string& millilitres, const std::string& milligrams_per_millilitre) {
    const auto volume = decimal(millilitres);
    const auto strength = decimal(milligrams_per_millilitre);
    if (!volume || !strength) return std::nullopt;
    return rounded_micrograms({volume->digits * strength->digits, volume->decimals + strength->decimals});
}

Extract read_extract(const std::filesystem::path& folder) {
    const auto covers_from = day(toml_value(read_text(folder / "extract.toml"), "covers_from"));
    if (!covers_from) throw std::runtime_error("extract.toml: covers_from is no date");
    Extract extract;
    extract.covers_from = *covers_from;
    for (const Row& row : read_rows(folder, services))
        extract.services.push_back(service(row));
    for (const Row& row : read_rows(folder, episodes))
        extract.episodes.push_back(episode(row));
    for (const Row& row : read_rows(folder, prescriptions))
        extract.prescriptions.push_back(prescription(row));
    for (const Row& row : read_rows(folder, tops))
        extract.tops.push_back(top(row));
    for (const Row& row : read_rows(folder, screens))
        extract.screens.push_back(screen(row));
    for (const Row& row : read_rows(folder, events))
        extract.events.push_back(event(row));
    return extract;
}

}  // namespace reference
}  // namespace optimat
