package dev.licet.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.PrintStream;

/** Who may depend on whom. The packages are described in {@code docs/architecture.md}. */
@AnalyzeClasses(packages = "dev.licet", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] ROOT = {"dev.licet"};

  @ArchTest
  static final ArchRule theCoreStandsAlone =
      classes()
          .that()
          .resideInAPackage("dev.licet.core..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jspecify..", "dev.licet.core..");

  @ArchTest
  static final ArchRule theDomainKnowsTheJdkAndTheCore =
      classes()
          .that()
          .resideInAPackage("dev.licet.domain..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "javax.crypto..",
              "org.jspecify..",
              "dev.licet.core..",
              "dev.licet.domain..");

  @ArchTest static final ArchRule httpKnowsTheDomain = knowsTheDomainOnly("http");
  @ArchTest static final ArchRule theStoreKnowsTheDomain = knowsTheDomainOnly("store");
  @ArchTest static final ArchRule theCacheKnowsTheDomain = knowsTheDomainOnly("cache");
  @ArchTest static final ArchRule theCountriesKnowTheDomain = knowsTheDomainOnly("geo");
  @ArchTest static final ArchRule theNamesKnowTheDomain = knowsTheDomainOnly("names");
  @ArchTest static final ArchRule theCheckoutKnowsTheDomain = knowsTheDomainOnly("checkout");
  @ArchTest static final ArchRule theMailKnowsTheDomain = knowsTheDomainOnly("mail");
  @ArchTest static final ArchRule theWebhooksKnowTheDomain = knowsTheDomainOnly("webhook");

  @ArchTest
  static final ArchRule theSettingsKnowValuesOnly =
      noClasses()
          .that()
          .resideInAPackage("dev.licet.config..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.licet..")
                  .and(not("dev.licet.config..", "dev.licet.core..", "dev.licet.domain")));

  @ArchTest
  static final ArchRule theCommandLineKnowsTheSettings =
      noClasses()
          .that()
          .resideInAPackage("dev.licet.cli..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.licet..")
                  .and(
                      not(
                          "dev.licet.cli..",
                          "dev.licet.config..",
                          "dev.licet.domain..",
                          "dev.licet.core..")));

  @ArchTest
  static final ArchRule nobodyDependsOnTheWiring =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT);

  @ArchTest
  static final ArchRule thePackagesHaveNoCycles =
      slices().matching("dev.licet.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule vertxStaysBehindTheGatewayAndTheTransport =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.licet.http", "dev.licet.webhook")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "io.netty..");

  @ArchTest
  static final ArchRule smtpStaysInTheMail =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.licet.mail..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta..", "org.eclipse.angus..");

  @ArchTest
  static final ArchRule sqlStaysInTheStore =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.licet.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..",
              "javax.sql..",
              "org.jdbi..",
              "org.sqlite..",
              "org.postgresql..",
              "com.zaxxer..",
              "org.flywaydb..");

  @ArchTest
  static final ArchRule onlyTheCommandLineSpeaksToTheTerminal =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.licet.cli..")
          .should()
          .accessFieldWhere(
              JavaFieldAccess.Predicates.target(
                  new DescribedPredicate<>("is System.out or System.err") {
                    @Override
                    public boolean test(AccessTarget.FieldAccessTarget field) {
                      return field.getOwner().isEquivalentTo(System.class)
                          && field.getRawType().isEquivalentTo(PrintStream.class);
                    }
                  }));

  @ArchTest
  static final ArchRule logsGoThroughTheSystemLogger =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.util.logging..", "org.slf4j..");

  private ArchitectureTest() {}

  private static ArchRule knowsTheDomainOnly(String name) {
    String own = "dev.licet." + name + "..";
    return noClasses()
        .that()
        .resideInAPackage(own)
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.licet..")
                .and(not(own, "dev.licet.domain..", "dev.licet.core..")));
  }

  private static DescribedPredicate<JavaClass> not(String... packages) {
    return DescribedPredicate.not(resideInAnyPackage(packages));
  }
}
