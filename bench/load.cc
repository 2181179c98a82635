#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <iostream>

#include "life.h"
#include "streams.h"

// The load of bin/bench: one kind a run, its figures as one line of JSON.
int main(int argc, char** argv) try {
    CLI::App load("Asks a server on this machine for a lot, and says how it did");
    load.require_subcommand(1);
    bench::Pages pages;
    bench::Streams streams;
    std::string trigger = "POST /", trigger_body;
    std::vector<std::string> trigger_headers;

    auto* page_command = load.add_subcommand("pages", "pages as fast as they come");
    page_command->add_option("--port", pages.target.port)->required();
    page_command->add_option("--path", pages.paths, "asked for in turn")->required();
    page_command->add_option("--header", pages.target.headers, "of every request");
    page_command->add_option("--connections", pages.connections);
    page_command->add_option("--seconds", pages.seconds);
    page_command->add_option("--warm-up", pages.warm_up, "seconds that do not count");
    page_command->add_flag("--many-addresses", pages.many_addresses, "each request says it comes from another address");

    auto* stream_command = load.add_subcommand("streams", "event streams held open");
    stream_command->add_option("--port", streams.target.port)->required();
    stream_command->add_option("--path", streams.path)->required();
    stream_command->add_option("--header", streams.target.headers);
    stream_command->add_option("--count", streams.count);
    stream_command->add_option("--process", streams.process, "the server, to read its memory");
    stream_command->add_option("--page", streams.page.paths, "an ordinary page meanwhile")->required();
    stream_command->add_option("--seconds", streams.page.seconds);
    stream_command->add_option("--trigger", trigger, "METHOD PATH that makes an event");
    stream_command->add_option("--trigger-header", trigger_headers);
    stream_command->add_option("--trigger-body", trigger_body);

    bench::Lives lives;
    std::string document;
    auto* life_command = load.add_subcommand("life", "whole lives of cases");
    life_command->add_option("--port", lives.port)->required();
    life_command->add_option("--document", document, "a PDF to hand in; one empty page where none is given")->check(CLI::ExistingFile);
    life_command->add_option("--password", lives.password, "of the demonstration accounts")->required();
    life_command->add_option("--at-once", lives.at_once, "cases under way");
    life_command->add_option("--seconds", lives.seconds);
    life_command->add_option("--warm-up", lives.warm_up);
    life_command->add_flag("--without-documents", lives.without_documents, "a matter for which nothing is handed in");
    CLI11_PARSE(load, argc, argv);

    bench::allow_descriptors();
    boost::json::object figures;
    if (*page_command) figures = bench::run_pages(pages);
    if (*life_command) {
        if (!document.empty()) {
            std::ifstream file(document, std::ios::binary);
            lives.document.assign(std::istreambuf_iterator<char>(file), {});
        }
        figures = bench::run_lives(lives);
    }
    if (*stream_command) {
        streams.page.target.port = streams.target.port;
        streams.page.connections = 8;
        auto space = trigger.find(' ');
        bench::Target to{streams.target.port, trigger_headers};
        if (stream_command->count("--trigger"))
            streams.trigger = to.request(trigger.substr(0, space), trigger.substr(space + 1), trigger_body);
        figures = bench::run_streams(streams);
    }
    std::cout << boost::json::serialize(figures) << "\n";
    return 0;
} catch (const std::exception& e) {
    std::cerr << "yimen_load: " << e.what() << "\n";
    return 1;
}
