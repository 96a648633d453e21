package dev.freshet.aws.emulator.function;

import java.util.Objects;

/**
 * The account of the ARNs that functions get; it does not exist.
 *
 * @param region such as {@code us-east-1}
 * @param accountId twelve digits
 */
public record AwsAccount(String region, String accountId) {

  /** The partition of all regions but those of China and of the government of the USA. */
  public static final String PARTITION = "aws";

  public AwsAccount {
    Objects.requireNonNull(region, "region");
    if (!accountId.matches("\\d{12}")) {
      throw new IllegalArgumentException("account id must be 12 digits: " + accountId);
    }
  }

  /** Returns the ARN of a resource of this account and region. */
  public String arn(String service, String resource) {
    return String.join(":", "arn", PARTITION, service, region, accountId, resource);
  }

  public String streamArn(String stream) {
    return arn("kinesis", "stream/" + stream);
  }

  public String functionArn(String function) {
    return arn("lambda", "function:" + function);
  }

  public String ruleArn(String rule) {
    return arn("events", "rule/" + rule);
  }

  /** Returns the ARN of the role that a function runs as. */
  public String roleArn(String function) {
    return "arn:aws:iam::%s:role/%s".formatted(accountId, function);
  }
}
