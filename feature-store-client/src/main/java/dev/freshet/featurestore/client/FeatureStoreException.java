package dev.freshet.featurestore.client;

/** Thrown if the feature store does not answer or fails; the same call can be repeated. */
public final class FeatureStoreException extends RuntimeException {

  public FeatureStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
