package dev.licet.cli;

import picocli.CommandLine.Command;

/** {@code licet checkout}: trying out what happens when somebody buys. */
@Command(
    name = "checkout",
    description = "Tries out what happens when somebody buys, without an account at a provider.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Example:",
      "  licet checkout simulate stripe --event checkout.session.completed --price P --email E"
    })
final class CheckoutCommand {}
