package dev.licet.cli;

import picocli.CommandLine.Command;

/** {@code licet} itself, which does nothing without a subcommand. */
@Command(
    name = "licet",
    header = "Licet issues license keys and says whether one may be used.%n",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  licet demo                             watch a license from its creation to its end",
      "  licet serve --port 9000                start a server, with SQLite in ./data",
      "  licet key check TO-ZAB5-RRB1-46VH-74F4   read a key without a server",
      "  licet serve --help                     all settings"
    })
final class RootCommand {}
