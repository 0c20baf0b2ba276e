// The peer of the scanner: ICU's NFKC_Casefold on UTF-8, then Vectorscan's literals, a comment at a time, all overlapping matches.
//   icu_vectorscan TERMS COMMENTS RUNS  ->  a line for each run: CPU seconds, hits, comments with a hit
#include <hs/hs.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

static std::vector<std::string> lines(const char* path) {
    std::ifstream file(path);
    std::vector<std::string> all;
    for (std::string line; std::getline(file, line);) if (!line.empty()) all.push_back(line.substr(0, line.find('\t')));
    return all;
}

static int on_match(unsigned int, unsigned long long, unsigned long long, unsigned int, void* count) {
    ++*static_cast<long*>(count);
    return 0;
}

int main(int argc, char** argv) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
    auto terms = lines(argv[1]);
    std::vector<std::string> comments;
    {
        std::ifstream file(argv[2]);
        for (std::string line; std::getline(file, line);) comments.push_back(line);
    }
    std::vector<std::string> folded;
    for (auto& term : terms) {
        std::string out;
        icu::StringByteSink<std::string> sink(&out);
        fold->normalizeUTF8(0, term, sink, nullptr, status);
        folded.push_back(out);
    }
    std::vector<const char*> patterns;
    std::vector<unsigned> flags, ids;
    std::vector<size_t> lengths;
    for (size_t i = 0; i < folded.size(); i++) {
        patterns.push_back(folded[i].c_str());
        lengths.push_back(folded[i].size());
        flags.push_back(0);
        ids.push_back(i);
    }
    hs_database_t* database;
    hs_compile_error_t* error;
    clock_t start = clock();
    if (hs_compile_lit_multi(patterns.data(), flags.data(), ids.data(), lengths.data(), patterns.size(), HS_MODE_BLOCK, nullptr, &database, &error)) return 1;
    std::printf("compile %.4f\n", double(clock() - start) / CLOCKS_PER_SEC);
    hs_scratch_t* scratch = nullptr;
    hs_alloc_scratch(database, &scratch);
    for (int run = 0; run < std::atoi(argv[3]); run++) {
        long hits = 0, with = 0;
        std::string out;
        start = clock();
        for (auto& comment : comments) {
            out.clear();
            icu::StringByteSink<std::string> sink(&out);
            fold->normalizeUTF8(0, comment, sink, nullptr, status);
            long count = 0;
            hs_scan(database, out.data(), out.size(), 0, scratch, on_match, &count);
            hits += count;
            with += count > 0;
        }
        std::printf("%.4f %ld %ld\n", double(clock() - start) / CLOCKS_PER_SEC, hits, with);
    }
}
