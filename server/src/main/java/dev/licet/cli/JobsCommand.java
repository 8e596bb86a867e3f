package dev.licet.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.licet.config.Settings;
import dev.licet.config.StartupException;
import dev.licet.domain.job.JobState;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "jobs",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Shows the recurring work of an installation.",
      "That is what ran last and how it went, what runs now and where, and what is next.",
      "Also beside a running server.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  licet jobs --data-dir /var/lib/licet",
      "  LICET_DATABASE_URL=postgresql://licet:secret@db/licet licet jobs --json"
    })
final class JobsCommand implements Callable<Integer> {
  private final Program program;
  private final Terminal terminal;
  private final SettingOptions options;

  @Option(names = "--json", description = "Prints a JSON object for each job, one a line.")
  private boolean json;

  JobsCommand(Program program, Terminal terminal, SettingOptions options) {
    this.program = program;
    this.terminal = terminal;
    this.options = options;
  }

  @Override
  public Integer call() throws StartupException, IOException {
    Settings settings = options.load().settings();
    Logging.configure(settings.logLevel());
    List<JobState> jobs = program.jobs(settings);
    if (json) {
      ObjectMapper mapper = new ObjectMapper();
      for (JobState job : jobs) {
        terminal.out().println(mapper.writeValueAsString(fields(job)));
      }
    } else {
      print(jobs, terminal.out());
    }
    return ExitCode.OK;
  }

  private static void print(List<JobState> jobs, PrintStream out) {
    Table table = new Table("job", "state", "last run", "took", "items", "next run", "last error");
    for (JobState job : jobs) {
      table.row(
          job.name(),
          state(job),
          time(job.startedAt()),
          job.took().toMillis() + " ms",
          Long.toString(job.items()),
          job.holder() == null ? time(job.nextRunAt()) : "-",
          error(job));
    }
    table.print(out);
  }

  private static String state(JobState job) {
    if (job.holder() != null) {
      return "running on node " + job.holder();
    }
    return job.failures() == 0 ? "waiting" : "failed, " + job.failures() + " in a row";
  }

  private static String error(JobState job) {
    if (job.error() == null) {
      return "-";
    }
    return time(job.errorAt()) + " " + job.error().lines().findFirst().orElse("");
  }

  private static String time(@Nullable Instant time) {
    return time == null ? "-" : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static Map<String, @Nullable Object> fields(JobState job) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("job", job.name());
    fields.put("running_on_node", job.holder());
    fields.put("started_at", text(job.startedAt()));
    fields.put("finished_at", text(job.finishedAt()));
    fields.put("took_ms", job.took().toMillis());
    fields.put("items", job.items());
    fields.put("next_run_at", job.nextRunAt().toString());
    fields.put("failures", job.failures());
    fields.put("last_error", job.error());
    fields.put("last_error_at", text(job.errorAt()));
    return fields;
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
