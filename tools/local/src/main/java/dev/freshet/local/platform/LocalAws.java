package dev.freshet.local.platform;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/** Clients of AWS, or of servers of this machine that stand for it. */
public final class LocalAws {

  private LocalAws() {}

  /**
   * Returns a client of an endpoint, which takes any credentials; for null, of the AWS that the
   * environment names.
   */
  public static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
      B builder, URI endpoint) {
    builder.httpClientBuilder(UrlConnectionHttpClient.builder());
    if (endpoint != null) {
      builder
          .endpointOverride(endpoint)
          .region(Region.of(LocalKinesis.REGION))
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
    }
    return builder.build();
  }
}
