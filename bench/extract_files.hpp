// The CSV files of the generated extract, in the columns of its contract.
#pragma once

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace optimat::bench {

enum class RowOrder { as_made, shuffled };

// One CSV file, LF line ends, its values never quoted. Rows are appended as text and written as the file
// grows, or at the end if they must be shuffled.
class Sheet {
  public:
    Sheet(const std::filesystem::path& file, std::string_view header, RowOrder order)
        : m_file(file, std::ios::binary), m_order(order) {
        m_file.exceptions(std::ios::failbit | std::ios::badbit);
        m_file << header << '\n';
    }

    template <typename... Values> void row(fmt::format_string<Values...> format, Values&&... values) {
        if (m_order == RowOrder::shuffled) m_starts.push_back(m_text.size());
        fmt::format_to(std::back_inserter(m_text), format, std::forward<Values>(values)...);
        m_text += '\n';
        ++m_rows;
        if (m_order == RowOrder::as_made && m_text.size() > (1u << 20)) flush();
    }

    // Writes what is left and closes the file; returns its rows. Throws std::ios_base::failure, as row does.
    std::size_t close();

  private:
    void flush();
    void write_shuffled();

    std::ofstream m_file;
    RowOrder m_order;
    std::string m_text;
    std::vector<std::size_t> m_starts;
    std::size_t m_rows = 0;
};

// All files that hold clients' records, with the numbers that the next row of each gets.
struct ExtractFiles {
    ExtractFiles(const std::filesystem::path& folder, RowOrder order);

    // Closes every file; returns the rows of all.
    std::size_t close();

    Sheet clients, episodes, prescriptions, tops, screens, events;
    int episode_number = 0, prescription_number = 0, top_number = 0, screen_number = 0;
};

}  // namespace optimat::bench
