package dev.licet.cli;

import dev.licet.config.StartupException;
import dev.licet.domain.account.OperatorKey;
import dev.licet.domain.account.OperatorKeys;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code licet operator}: the operator keys of an installation, also while a server runs. */
@Command(
    name = "operator",
    description = {
      "Looks after the operator keys of an installation.",
      "Does so in its database: a server may run meanwhile, and hears of changes within a second.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "To change a key without a break: create another one, give it to who needs it, revoke the",
      "old one. When a key was lost to a stranger: rotate it, which ends it at once.",
      "",
      "Examples:",
      "  licet operator list",
      "  licet operator rotate key_01jddq1m3xe5v9s8y2b7r4k6ta"
    })
final class OperatorCommand {
  private static final String REMEDY = "See: licet operator list";

  private final Program program;
  private final Terminal terminal;

  OperatorCommand(Program program, Terminal terminal) {
    this.program = program;
    this.terminal = terminal;
  }

  CommandLine line() {
    return OfficeAction.line(this, new ListAll(), new Create(), new Rotate(), new Revoke());
  }

  /** A subcommand. */
  abstract class Action extends OfficeAction {
    Action() {
      super(program, terminal, REMEDY);
    }

    void print(OperatorKeys.Created created) {
      out.printf(
          "The operator key %s, which is shown only now:%n%n  %s%n%n",
          created.key().id(), created.text().text());
    }
  }

  /** A subcommand about one key. */
  abstract class OnOne extends Action {
    @Parameters(paramLabel = "ID", description = "The operator key's id, key_...")
    String id = "";
  }

  @Command(
      name = "list",
      sortOptions = false,
      abbreviateSynopsis = true,
      description = "Lists the operator keys, masked, oldest first.",
      footer = {"", "Example:", "  licet operator list"})
  final class ListAll extends Action {
    @Override
    void run(Program.AccountOffice office) {
      Table table = new Table("id", "key", "created");
      for (OperatorKey key : office.operatorKeys().list()) {
        table.row(key.id(), key.hint(), key.createdAt().toString());
      }
      table.print(out);
    }
  }

  @Command(
      name = "create",
      sortOptions = false,
      abbreviateSynopsis = true,
      description = "Adds an operator key beside the others and prints it, once.",
      footer = {"", "Example:", "  licet operator create"})
  final class Create extends Action {
    @Override
    void run(Program.AccountOffice office) {
      print(office.operatorKeys().create());
    }
  }

  @Command(
      name = "rotate",
      sortOptions = false,
      abbreviateSynopsis = true,
      description = "Ends an operator key and prints the one in its place, once.",
      footer = {"", "Example:", "  licet operator rotate key_01jddq1m3xe5v9s8y2b7r4k6ta"})
  final class Rotate extends OnOne {
    @Override
    void run(Program.AccountOffice office) {
      print(office.operatorKeys().rotate(id));
      out.printf("The operator key %s is of no use any more.%n", id);
    }
  }

  @Command(
      name = "revoke",
      sortOptions = false,
      abbreviateSynopsis = true,
      description = "Ends an operator key, unless it is the only one.",
      footer = {"", "Example:", "  licet operator revoke key_01jddq1m3xe5v9s8y2b7r4k6ta"})
  final class Revoke extends OnOne {
    @Override
    void run(Program.AccountOffice office) throws StartupException {
      if (!office.operatorKeys().revoke(id)) {
        throw new StartupException(
            "It is the only operator key", "Create another one first, or rotate this one");
      }
      out.printf("The operator key %s is of no use any more.%n", id);
    }
  }
}
