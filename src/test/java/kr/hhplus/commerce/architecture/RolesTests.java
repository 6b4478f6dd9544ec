package kr.hhplus.commerce.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.modulith.NamedInterface;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a class may touch, by the role that its name tells. A rule that finds nothing to hold fails. */
@AnalyzeClasses(packages = "kr.hhplus.commerce", importOptions = DoNotIncludeTests.class)
class RolesTests {

    /**
     * Beside those whose names begin with Jdbc: where SQL, or the pool below it, is at home. NoDatabaseAnalyzer and
     * Failures only look at exceptions of the database.
     */
    private static final Set<String> SQL_CLASSES = Set.of(
            "AuthorizationServerConfiguration",
            "Campaigns",
            "ConfiguredClients",
            "Coupons",
            "DigestingAuthorizationService",
            "DatabaseConfiguration",
            "EventLog",
            "ExceptionTranslator",
            "ConsumerOffsets",
            "IdempotencyStore",
            "ForbiddenRowCheck",
            "IdsConfiguration",
            "CommandQueues",
            "NoDatabaseAnalyzer",
            "OrderLineCheck",
            "OrderRefundCheck",
            "OrderRefunds",
            "Orders",
            "Outbox",
            "InstallationSessions",
            "PersonalTokens",
            "Products",
            "PurchaseCountCheck",
            "PurchaseCounts",
            "Reservations",
            "SaleSwitch",
            "SalesBuckets",
            "SampleData",
            "OrderSettlementCheck",
            "StockCheck",
            "TopUps",
            "TokenKeys",
            "Totals",
            "HeldPieces",
            "KeysetScan",
            "Wallets");

    private static final DescribedPredicate<JavaClass> AT_HOME_WITH_SQL = describe(
            "are at home with SQL",
            type -> SQL_CLASSES.contains(outermost(type).getSimpleName())
                    || outermost(type).getSimpleName().startsWith("Jdbc"));

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(RolesTests::outermost).orElse(type);
    }

    @ArchTest
    static final ArchRule httpIsTheControllersAlone = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Controller")
            .should()
            .beMetaAnnotatedWith(RequestMapping.class)
            .orShould()
            .beAnnotatedWith(RestController.class);

    @ArchTest
    static final ArchRule routesAreTheControllersAlone = methods()
            .that()
            .areMetaAnnotatedWith(RequestMapping.class)
            .should()
            .beDeclaredInClassesThat()
            .haveSimpleNameEndingWith("Controller");

    @ArchTest
    static final ArchRule controllersAreNobodysToCall =
            classes().that().haveSimpleNameEndingWith("Controller").should().notBePublic();

    @ArchTest
    static final ArchRule sqlStaysWhereItIsNamed = noClasses()
            .that(DescribedPredicate.not(AT_HOME_WITH_SQL))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.jdbc..", "java.sql..", "javax.sql..")
            .because("SQL belongs to the classes named in SQL_CLASSES, or beginning with Jdbc");

    @ArchTest
    static final ArchRule everySqlClassStillIsOne = classes()
            .that(AT_HOME_WITH_SQL)
            .and()
            .areTopLevelClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.jdbc..", "org.springframework.transaction..", "java.sql..");

    @ArchTest
    static final ArchRule rulesArePure = noClasses()
            .that()
            .haveSimpleNameEndingWith("Rules")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "org.slf4j..",
                    "com.fasterxml..",
                    "java.sql..",
                    "javax.sql..",
                    "java.io..",
                    "java.nio..",
                    "java.net..",
                    "java.util.concurrent..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.System")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("kr.hhplus.commerce.kernel.ids.Ids");

    @ArchTest
    static final ArchRule rulesHaveNoTimeAndNoChanceOfTheirOwn = noClasses()
            .that()
            .haveSimpleNameEndingWith("Rules")
            .should()
            .callMethodWhere(target(owner(nameMatching("java\\.time\\..*"))).and(target(nameMatching("now"))))
            .orShould()
            .callMethodWhere(target(nameMatching("random|randomUUID|nextInt|nextLong")));

    @ArchTest
    static final ArchRule fieldsAreNotInjected =
            noFields().should().beAnnotatedWith(Autowired.class).orShould().beAnnotatedWith(Value.class);

    @ArchTest
    static final ArchRule settersAreNotInjected = noMethods().should().beAnnotatedWith(Autowired.class);

    /** A package that says so by Modulith's NamedInterface is one more face of its module. */
    private static final DescribedPredicate<JavaClass> ON_A_NAMED_FACE = describe(
            "are on a named face of their module", type -> type.getPackage().isAnnotatedWith(NamedInterface.class));

    @ArchTest
    static final ArchRule belowAModulesFaceAllIsPrivate = noClasses()
            .that()
            .resideOutsideOfPackages("kr.hhplus.commerce", "kr.hhplus.commerce.*")
            .and(DescribedPredicate.not(ON_A_NAMED_FACE))
            .should()
            .bePublic();

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("kr.hhplus.commerce.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theKernelKnowsNoWeb = noClasses()
            .that()
            .resideInAnyPackage("kr.hhplus.commerce.kernel..", "kr.hhplus.commerce.groupcommit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta.servlet..",
                    "org.springframework.web..",
                    "org.springframework.http..",
                    "org.apache.catalina..");

    /** Tomcat's connector is configured by properties and the public API of Catalina. */
    @ArchTest
    static final ArchRule tomcatsInternalsAreNotUsed =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.apache.coyote..", "org.apache.tomcat..");

    @ArchTest
    static void everyNamedSqlClassExists(com.tngtech.archunit.core.domain.JavaClasses all) {
        Set<String> gone = new java.util.TreeSet<>(SQL_CLASSES);
        all.forEach(type -> gone.remove(type.getSimpleName()));
        org.assertj.core.api.Assertions.assertThat(gone).as("no longer there").isEmpty();
    }
}
