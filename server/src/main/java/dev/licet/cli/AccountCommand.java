package dev.licet.cli;

import dev.licet.config.StartupException;
import dev.licet.domain.Page;
import dev.licet.domain.account.Account;
import dev.licet.domain.account.AccountStatus;
import dev.licet.domain.account.AccountUsage;
import dev.licet.domain.account.AccountView;
import dev.licet.domain.account.Accounts;
import dev.licet.domain.account.Quota;
import dev.licet.domain.event.Actor;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code licet account}: the accounts of an installation, also while a server runs. */
@Command(
    name = "account",
    description = {
      "Looks after the accounts of an installation.",
      "Does so in its database: a server may run meanwhile, and hears of changes within a second.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  licet account create --name \"Acme Ltd\" --email ops@acme.example --quota free",
      "  licet account list"
    })
final class AccountCommand {
  private static final int PAGE = 100;

  private final Program program;
  private final Terminal terminal;

  AccountCommand(Program program, Terminal terminal) {
    this.program = program;
    this.terminal = terminal;
  }

  CommandLine line() {
    return OfficeAction.line(
        this,
        new Create(),
        new ListAll(),
        new Show(),
        new ChangeQuota(),
        new Suspend(),
        new Activate(),
        new Delete());
  }

  /** A subcommand. */
  abstract class Action extends OfficeAction {
    Action() {
      super(program, terminal, "See: licet account list");
    }
  }

  /** A subcommand about one account. */
  abstract class OnOne extends Action {
    @Parameters(paramLabel = "ID", description = "The account, acc_...")
    String id = "";
  }

  @Command(
      name = "create",
      sortOptions = false,
      abbreviateSynopsis = true,
      description = "Adds an account and prints its first API key, once.",
      footer = {
        "",
        "Examples:",
        "  licet account create --name \"Acme Ltd\" --email ops@acme.example",
        "  licet account create --name Big --email it@big.example --quota unlimited"
            + " --max-licenses 1000"
      })
  final class Create extends Action {
    @Option(names = "--name", paramLabel = "NAME", required = true, description = "Its name.")
    private String name = "";

    @Option(
        names = "--email",
        paramLabel = "EMAIL",
        required = true,
        description = "Of the one who answers for it.")
    private String email = "";

    @Mixin private final QuotaOptions quota = new QuotaOptions();

    @Override
    void run(Program.AccountOffice office) throws StartupException {
      Accounts.Created created =
          office.accounts().create(checkedName(), checkedEmail(), quota.quota(), Actor.COMMAND);
      print(out, created.account());
      out.printf(
          "%nIts first API key, which is shown only now:%n%n  %s%n%n", created.apiKey().text());
    }

    private String checkedName() throws StartupException {
      boolean oneLine = name.codePoints().noneMatch(Character::isISOControl);
      if (name.isBlank() || name.length() > 200 || !oneLine) {
        throw new StartupException(
            "The name has to be 1 to 200 characters in one line", "See --help");
      }
      return name;
    }

    private String checkedEmail() throws StartupException {
      if (email.length() > 254 || !email.matches("[^@\\s\\p{Cc}]+@[^@\\s\\p{Cc}]+")) {
        throw new StartupException("\"" + email + "\" is no e-mail address", "Give another one");
      }
      return email;
    }
  }

  @Command(
      name = "list",
      sortOptions = false,
      abbreviateSynopsis = true,
      description = "Lists the accounts, newest first.",
      footer = {"", "Example:", "  licet account list"})
  final class ListAll extends Action {
    @Override
    void run(Program.AccountOffice office) {
      Table table = new Table("id", "name", "email", "status", "licenses", "validations a month");
      String after = null;
      Page<Account> page;
      do {
        page = office.accounts().list(PAGE, after);
        for (Account account : page.data()) {
          table.row(
              account.id(),
              account.name(),
              account.email() == null ? "-" : account.email(),
              account.status().text(),
              limit(account.quota().maxLicenses()),
              limit(account.quota().maxValidationsPerMonth()));
          after = account.id();
        }
      } while (page.hasMore());
      table.print(out);
    }
  }

  @Command(
      name = "show",
      sortOptions = false,
      abbreviateSynopsis = true,
      description = "Shows an account and what it uses.",
      footer = {"", "Example:", "  licet account show acc_01jddq1m3xe5v9s8y2b7r4k6ta"})
  final class Show extends OnOne {
    @Override
    void run(Program.AccountOffice office) {
      print(out, office.accounts().get(id));
    }
  }

  @Command(
      name = "quota",
      sortOptions = false,
      abbreviateSynopsis = true,
      description = "Changes what an account may use; what is not given stays as it is.",
      footer = {
        "",
        "Examples:",
        "  licet account quota acc_01jddq1m3xe5v9s8y2b7r4k6ta --quota unlimited",
        "  licet account quota acc_01jddq1m3xe5v9s8y2b7r4k6ta --max-licenses 50 --over-quota allow"
      })
  final class ChangeQuota extends OnOne {
    @Mixin private final QuotaOptions quota = new QuotaOptions();

    @Override
    void run(Program.AccountOffice office) throws StartupException {
      print(out, office.accounts().update(id, quota.update()));
    }
  }

  @Command(
      name = "suspend",
      sortOptions = false,
      abbreviateSynopsis = true,
      description = "Refuses an account's API keys and licenses until it is active again.",
      footer = {"", "Example:", "  licet account suspend acc_01jddq1m3xe5v9s8y2b7r4k6ta"})
  final class Suspend extends OnOne {
    @Override
    void run(Program.AccountOffice office) {
      print(out, office.accounts().update(id, Accounts.Update.of(AccountStatus.SUSPENDED)));
    }
  }

  @Command(
      name = "activate",
      sortOptions = false,
      abbreviateSynopsis = true,
      description = "Brings a suspended account back, or a deleted one before its rows are gone.",
      footer = {"", "Example:", "  licet account activate acc_01jddq1m3xe5v9s8y2b7r4k6ta"})
  final class Activate extends OnOne {
    @Override
    void run(Program.AccountOffice office) {
      print(out, office.accounts().update(id, Accounts.Update.of(AccountStatus.ACTIVE)));
    }
  }

  @Command(
      name = "delete",
      sortOptions = false,
      abbreviateSynopsis = true,
      description = {
        "Writes what an account has to a file, its license keys in clear, and deletes the account.",
        "Nobody can use it from then on; its rows go after the time of grace."
      },
      footer = {
        "",
        "Example:",
        "  licet account delete acc_01jddq1m3xe5v9s8y2b7r4k6ta --export acme.ndjson"
      })
  final class Delete extends OnOne {
    @Option(
        names = "--export",
        paramLabel = "FILE",
        description = "The file to write; it must not exist (default: one in the data directory).")
    private @Nullable Path file;

    @Override
    void run(Program.AccountOffice office) throws StartupException {
      Account account = office.accounts().get(id).account();
      if (account.status() != AccountStatus.DELETED) {
        out.printf("The account was written to %s.%n", office.export(account, file));
      }
      print(out, office.accounts().delete(id));
    }
  }

  private static void print(PrintStream out, AccountView view) {
    Account account = view.account();
    AccountUsage usage = view.usage();
    out.printf("id           %s%n", account.id());
    out.printf("name         %s%n", account.name());
    out.printf("email        %s%n", account.email() == null ? "-" : account.email());
    out.printf("status       %s%n", account.status().text());
    out.printf("created      %s%n", account.createdAt());
    if (account.purgeAt() != null) {
      out.printf("rows go      %s%n", account.purgeAt());
    }
    out.printf(
        "licenses     %d of %s, in test mode %d of %d%n",
        usage.licenses(),
        limit(account.quota().maxLicenses()),
        usage.testLicenses(),
        Quota.MAX_TEST_LICENSES);
    out.printf(
        "validations  %d of %s in %s, then %s%n",
        usage.validations(),
        limit(account.quota().maxValidationsPerMonth()),
        usage.month(),
        account.quota().overQuota().text());
  }

  private static String limit(@Nullable Number limit) {
    return limit == null ? "unlimited" : limit.toString();
  }
}
