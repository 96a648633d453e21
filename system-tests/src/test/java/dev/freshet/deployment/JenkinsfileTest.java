package dev.freshet.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.Phases;
import org.junit.jupiter.api.Test;

/** Tests that Groovy can parse the Jenkinsfile; runs no part of it. */
class JenkinsfileTest {

  private static final Path JENKINSFILE = Path.of("../Jenkinsfile");

  @Test
  void buildsTestsPackagesAndDeploys() throws IOException {
    assertThat(arguments("stage"))
        .containsExactly("Build and test", "Verify", "Release", "Package", "Deploy");
    assertThat(arguments("values")).containsExactly("17", "25");
    assertThat(arguments("branch")).containsExactly("master");
    assertThat(arguments("sh"))
        .containsExactly(
            ".ci/run",
            "npm ci",
            "npx serverless package --stage \"$STAGE\"",
            "npx serverless deploy --stage \"$STAGE\" --package .serverless");
  }

  /** The texts that the steps or blocks of this name are given, in the order of the file. */
  private static List<String> arguments(String name) throws IOException {
    CompilationUnit unit = new CompilationUnit();
    unit.addSource("Jenkinsfile", Files.readString(JENKINSFILE));
    unit.compile(Phases.CONVERSION);
    List<String> found = new ArrayList<>();
    unit.getAST()
        .getModules()
        .get(0)
        .getStatementBlock()
        .visit(
            new CodeVisitorSupport() {
              @Override
              public void visitMethodCallExpression(MethodCallExpression call) {
                if (name.equals(call.getMethodAsString())
                    && call.getArguments() instanceof ArgumentListExpression arguments) {
                  arguments.getExpressions().stream()
                      .filter(argument -> argument instanceof ConstantExpression)
                      .forEach(argument -> found.add(argument.getText()));
                }
                super.visitMethodCallExpression(call);
              }
            });
    return found;
  }
}
