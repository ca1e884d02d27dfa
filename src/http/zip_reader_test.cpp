#include "http/zip_reader.hpp"

#include "base/error.hpp"
#include "base/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <minizip/zip.h>
#include <random>
#include <sstream>

namespace optimat {
namespace {

struct Entry {
    std::string name, content;
    uLong attributes = 0;
};

class ZipTest : public testing::Test {
  protected:
    std::filesystem::path make(const std::vector<Entry>& entries, const char* password = nullptr) const {
        const std::filesystem::path file = m_folder.path() / "test.zip";
        std::filesystem::remove(file);
        const zipFile zip = zipOpen64(file.c_str(), APPEND_STATUS_CREATE);
        for (const Entry& entry : entries) {
            zip_fileinfo info{};
            info.external_fa = entry.attributes;
            EXPECT_EQ(zipOpenNewFileInZip3_64(zip, entry.name.c_str(), &info, nullptr, 0, nullptr, 0, nullptr,
                                              Z_DEFLATED, 9, 0, -MAX_WBITS, DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY,
                                              password, 0, 0),
                      ZIP_OK);
            EXPECT_EQ(
                zipWriteInFileInZip(zip, entry.content.data(), static_cast<unsigned>(entry.content.size())),
                ZIP_OK);
            EXPECT_EQ(zipCloseFileInZip(zip), ZIP_OK);
        }
        EXPECT_EQ(zipClose(zip, nullptr), ZIP_OK);
        return file;
    }

    static std::string bytes_of(const std::filesystem::path& file) {
        std::ostringstream bytes;
        bytes << std::ifstream(file, std::ios::binary).rdbuf();
        return bytes.str();
    }

    // The words of the refusal; empty when it was taken.
    static std::string refusal(const std::filesystem::path& file, const ZipLimits& limits = {}) {
        try {
            const ZipReader reader(file, limits);
            return "";
        } catch (const InputError& error) {
            return error.what();
        }
    }

    // Changes a number in the headers of a zip's only entry: at an offset of the local and of the central
    // one.
    std::filesystem::path patched(std::string bytes, std::size_t local, std::size_t central,
                                  char value) const {
        bytes[local] = value;
        const std::size_t start = bytes.find("PK\x01\x02");
        bytes[start + central] = value;
        return m_folder.write("patched.zip", bytes);
    }

    TemporaryFolder m_folder;
};

std::string noise(std::size_t size) {
    std::mt19937 dice(3);
    std::string text(size, '\0');
    for (char& c : text)
        c = static_cast<char>(dice() & 0xff);
    return text;
}

TEST_F(ZipTest, honest_entries_come_out_byte_for_byte) {
    const std::string large = noise(700'000);
    ZipReader reader(make({{"extract/", ""},
                           {"extract/clients.csv", "a,b\n1,2\n"},
                           {"extract/large.csv", large},
                           {"empty.csv", ""}}));
    ASSERT_EQ(reader.entries().size(), 3u);
    EXPECT_EQ(reader.entries()[0].name, "extract/clients.csv");
    EXPECT_EQ(reader.entries()[1].bytes, 700'000u);
    const auto file = reader.extract("extract/large.csv", m_folder.path());
    EXPECT_EQ(file, m_folder.path() / "large.csv");
    EXPECT_EQ(bytes_of(file), large);
    EXPECT_EQ(bytes_of(reader.extract("extract/clients.csv", m_folder.path())), "a,b\n1,2\n");
    EXPECT_EQ(bytes_of(reader.extract("empty.csv", m_folder.path())), "");
    EXPECT_THROW(reader.extract("missing.csv", m_folder.path()), UsageError);
    EXPECT_THROW(reader.extract("empty.csv", m_folder.path()), OutputError) << "it is there already";
}

TEST_F(ZipTest, names_that_lead_out_are_refused) {
    for (const std::string name :
         {"/etc/a", "../a", "a/../../b", "a/..", "..", "./a", "a//b", "C:a", "a\\b", "..\\a", "a\nb"})
        EXPECT_NE(refusal(make({{name, "x"}})).find("name"), std::string::npos) << name;
    EXPECT_NE(refusal(make({{std::string(300, 'a'), "x"}})).find("too long"), std::string::npos);
    EXPECT_EQ(refusal(make({{"a..b/...c", "x"}})), "");
}

TEST_F(ZipTest, links_and_devices_are_refused) {
    EXPECT_NE(refusal(make({{"link", "/etc/passwd", uLong{0120777} << 16}})).find("link"), std::string::npos);
    EXPECT_NE(refusal(make({{"device", "", uLong{0020666} << 16}})).find("link"), std::string::npos);
    EXPECT_EQ(refusal(make({{"file", "x", uLong{0100644} << 16}})), "");
}

TEST_F(ZipTest, encrypted_and_double_entries_are_refused) {
    EXPECT_NE(refusal(patched(bytes_of(make({{"a", "x"}})), 6, 8, 1)).find("encrypted"), std::string::npos);
    EXPECT_NE(refusal(patched(bytes_of(make({{"a", "x"}})), 8, 10, 12)).find("other than deflate"),
              std::string::npos);
    EXPECT_NE(refusal(make({{"a", "x"}, {"a", "y"}})).find("one name"), std::string::npos);
}

TEST_F(ZipTest, bombs_are_refused_before_they_are_inflated) {
    const std::string zeros(11 << 20, '\0');
    EXPECT_NE(refusal(make({{"a", zeros}})).find("far more"), std::string::npos);
    EXPECT_EQ(refusal(make({{"a", std::string(9 << 20, '\0')}})), "") << "small things may pack well";
    EXPECT_NE(
        refusal(make({{"a", noise(600)}, {"b", noise(600)}}), {.most_bytes = 1000}).find("inflates to more"),
        std::string::npos);
    std::vector<Entry> many(65, Entry{"", "x"});
    for (std::size_t i = 0; i < many.size(); ++i)
        many[i].name = "a" + std::to_string(i);
    EXPECT_NE(refusal(make(many)).find("more than 64"), std::string::npos);
    many.pop_back();
    EXPECT_EQ(refusal(make(many)), "");
}

TEST_F(ZipTest, an_entry_that_lies_about_its_size_leaves_nothing_behind) {
    // Uncompressed size: 22 in the local header, 24 in the central one.
    const std::string honest = bytes_of(make({{"a", std::string(200, 'x')}}));
    for (const char lie : {'\x10', '\x7f'}) {
        bool is_refused = false;
        try {
            ZipReader reader(patched(honest, 22, 24, lie));
            reader.extract("a", m_folder.path());
        } catch (const InputError&) {
            is_refused = true;
        }
        EXPECT_TRUE(is_refused) << int{lie};
        EXPECT_FALSE(std::filesystem::exists(m_folder.path() / "a"));
    }
}

TEST_F(ZipTest, damage_anywhere_is_refused_or_harmless) {
    const std::string content = noise(300);
    const std::string honest = bytes_of(make({{"a", content}}));
    for (std::size_t at = 0; at < honest.size(); ++at) {
        std::string damaged = honest;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x41);
        const TemporaryFolder target;
        try {
            ZipReader reader(m_folder.write("damaged.zip", damaged));
            for (const ZipEntry& entry : reader.entries())
                EXPECT_EQ(bytes_of(reader.extract(entry.name, target.path())), content) << at;
        } catch (const InputError&) {
        }
    }
    constexpr std::size_t end_record = 22;
    for (std::size_t size = 0; size <= honest.size() - end_record; ++size)
        EXPECT_NE(refusal(m_folder.write("short.zip", honest.substr(0, size))), "") << size;
}

}  // namespace
}  // namespace optimat
