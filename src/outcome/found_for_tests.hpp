#pragma once
// What a measure function finds in a small extract that a test writes, as lines of text.

#include "measure/extracts_for_tests.hpp"
#include "outcome/client_course.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <vector>

namespace optimat {

using Lines = std::vector<std::string>;

inline Day iso(std::string_view text) { return *parse_iso_day(text); }

/// An extract of 2017 and 2018 with the services S1 and S2, and P, which is a prison. Rows of a file are
/// given without its header, one a line.
class WrittenExtract {
  public:
    WrittenExtract& prescriptions(const std::string& rows) {
        return file("prescriptions.csv",
                    "prescription_id,client_id,service_id,medicine,daily_dose_mg,start_date,end_date\n",
                    rows);
    }
    WrittenExtract& episodes(const std::string& rows) {
        return file("episodes.csv",
                    "episode_id,client_id,service_id,start_date,end_date,end_reason,opiate_client\n", rows);
    }
    /// With referral_date and presentation_date, and on_mat_at_start at the end.
    WrittenExtract& waits(const std::string& rows) {
        return file("episodes.csv",
                    "episode_id,client_id,service_id,referral_date,presentation_date,start_date,end_date,"
                    "end_reason,opiate_client,on_mat_at_start\n",
                    rows);
    }
    WrittenExtract& tops(const std::string& rows) {
        return file("tops.csv", "top_id,client_id,date,stage,setting,opiate_days\n", rows);
    }
    WrittenExtract& events(const std::string& rows) {
        return file("events.csv", "client_id,date,kind\n", rows);
    }
    /// Any file, with its header.
    WrittenExtract& file(const std::string& name, const std::string& header, const std::string& rows) {
        m_files.emplace_back(name, header + rows);
        return *this;
    }
    WrittenExtract& policy(Policy other) {
        m_policy = std::move(other);
        return *this;
    }

    /// `S1 completed 2018-10-31`, with the value behind it when it is not 0; in order of text. `-` is no
    /// service.
    Lines found(std::string_view function, std::string_view as_at) const {
        return found(function, as_at, as_at, as_at);
    }
    Lines found(std::string_view name, std::string_view from, std::string_view to,
                std::string_view as_at) const {
        const Extract extract = read();
        const MeasureFunction& function = *find_measure_function(name);
        const Day dates[] = {iso(as_at)};
        std::vector<MeasureItem> items;
        for (std::size_t chunk = 0; chunk < extract.chunks.size(); ++chunk) {
            ClientCourse client(extract, chunk, m_policy, dates);
            for (std::uint32_t i = 0; i < extract.chunks[chunk].client_count(); ++i) {
                client.read(i);
                function.find(client, {iso(from), iso(to), dates[0]}, items);
            }
        }
        return lines(extract, function, items);
    }

    /// `2018-01-01 to 2018-03-05 dropped_out, row 3`, or `to open`, of the client `c`.
    Lines journeys(std::string_view as_at) const {
        const Extract extract = read();
        Lines lines;
        for (std::size_t chunk = 0; chunk < extract.chunks.size(); ++chunk) {
            ClientCourse client(extract, chunk, m_policy, {});
            if (extract.chunks[chunk].client_count() == 0) continue;
            client.read(0);
            for (const Journey& one : client.journeys(iso(as_at)))
                lines.push_back(line(extract.chunks[chunk], one));
        }
        return lines;
    }

  private:
    Extract read() const {
        const TemporaryFolder folder;
        folder.write("extract.toml",
                     "organisation = \"Test\"\ncovers_from = \"2017-01-01\"\ncovers_to = \"2018-12-31\"\n");
        folder.write("services.csv",
                     "service_id,name,kind\nS1,One,community\nS2,Two,community\nP,Prison,prison\n");
        folder.write("clients.csv", "client_id\nc\n");
        folder.write("prescriptions.csv", "prescription_id,client_id,service_id,medicine,start_date\n");
        for (const auto& [name, text] : m_files)
            folder.write(name, text);
        return extract_in(folder.path());
    }

    static Lines lines(const Extract& extract, const MeasureFunction& function,
                       const std::vector<MeasureItem>& items) {
        Lines lines;
        for (const MeasureItem& item : items) {
            const std::string service =
                item.service.has_value() ? extract.services[*item.service].service_id : "-";
            lines.push_back(fmt::format("{} {} {}", service, function.parts[item.part], to_text(item.day)));
            if (item.value != 0) lines.back() += fmt::format(" {}", item.value);
        }
        std::ranges::sort(lines);
        return lines;
    }

    static std::string line(const Chunk& chunk, const Journey& journey) {
        const Table& episodes = chunk.table(TableKind::episodes);
        const std::string end = journey.end ? fmt::format("{} {}", to_text(*journey.end),
                                                          text_of(codes::end_reason, journey.reason))
                                            : "open";
        return fmt::format("{} to {}, {}{}", to_text(journey.start), end,
                           episodes.record_ids[journey.last_episode], journey.opiate ? ", opiate" : "");
    }

    std::vector<std::pair<std::string, std::string>> m_files;
    Policy m_policy = Definitions().policy();
};

}  // namespace optimat
