package dev.licet.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import dev.licet.domain.account.Account;
import dev.licet.domain.license.LicenseFilter;
import dev.licet.domain.license.LicenseView;
import dev.licet.domain.license.Licenses;
import dev.licet.domain.plan.Plan;
import dev.licet.domain.plan.Plans;
import dev.licet.http.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Writes down what an account has: a line of JSON for the account, for each plan and for each
 * licence, with its key in full, each with a {@code type}. Reads page by page, so that no account
 * is too large.
 */
public final class AccountExport {
  private static final int PAGE = 100;

  private final Plans plans;
  private final Licenses licenses;
  private final InstantSource clock;

  public AccountExport(Plans plans, Licenses licenses, InstantSource clock) {
    this.plans = plans;
    this.licenses = licenses;
    this.clock = clock;
  }

  /**
   * Writes all of it and leaves the stream open.
   *
   * @throws UncheckedIOException when the stream does not take it
   */
  public void write(Account account, OutputStream out) {
    line(out, "account", AccountEndpoints.json(account));
    String after = null;
    Page<Plan> page;
    do {
      page = plans.list(account.no(), PAGE, after);
      for (Plan plan : page.data()) {
        line(out, "plan", PlanEndpoints.json(plan));
        after = plan.name();
      }
    } while (page.hasMore());
    licenses(new Tenant(account.no(), true), out);
    licenses(new Tenant(account.no(), false), out);
  }

  private void licenses(Tenant tenant, OutputStream out) {
    Instant now = clock.instant();
    LicenseFilter all = new LicenseFilter(null, null, null, null, null, null, null, now);
    String after = null;
    Page<LicenseView> page;
    do {
      page = licenses.list(tenant, all, PAGE, after);
      for (LicenseView view : page.data()) {
        line(out, "license", LicenseJson.of(view, now, true));
        after = view.license().id();
      }
    } while (page.hasMore());
  }

  private static void line(OutputStream out, String type, ObjectNode json) {
    try {
      ObjectNode line = Json.object().put("type", type);
      line.setAll(json);
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
