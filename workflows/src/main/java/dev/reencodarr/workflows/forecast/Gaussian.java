package dev.reencodarr.workflows.forecast;

import java.util.SplittableRandom;

/** A normal distribution of several figures, by its mean and the inverse of its covariance. */
final class Gaussian {

  private final double[] mean;
  private final double[][] lower;

  private Gaussian(double[] mean, double[][] lower) {
    this.mean = mean;
    this.lower = lower;
  }

  /**
   * @param precision symmetric and positive definite; the upper half is not looked at
   * @param weighted the precision times the mean
   */
  static Gaussian of(double[][] precision, double[] weighted) {
    double[][] lower = cholesky(precision);
    return new Gaussian(backward(lower, forward(lower, weighted)), lower);
  }

  double[] mean() {
    return mean;
  }

  /** The logarithm of the determinant of the precision. */
  double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < lower.length; i++) {
      sum += 2 * Math.log(lower[i][i]);
    }
    return sum;
  }

  double[] draw(SplittableRandom chance) {
    double[] noise = new double[mean.length];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = chance.nextGaussian();
    }
    double[] drawn = backward(lower, noise);
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] += mean[i];
    }
    return drawn;
  }

  private static double[][] cholesky(double[][] matrix) {
    int size = matrix.length;
    double[][] lower = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / lower[j][j];
      }
    }
    return lower;
  }

  private static double[] forward(double[][] lower, double[] right) {
    double[] solved = new double[right.length];
    for (int i = 0; i < right.length; i++) {
      double sum = right[i];
      for (int k = 0; k < i; k++) {
        sum -= lower[i][k] * solved[k];
      }
      solved[i] = sum / lower[i][i];
    }
    return solved;
  }

  private static double[] backward(double[][] lower, double[] right) {
    double[] solved = new double[right.length];
    for (int i = right.length - 1; i >= 0; i--) {
      double sum = right[i];
      for (int k = i + 1; k < right.length; k++) {
        sum -= lower[k][i] * solved[k];
      }
      solved[i] = sum / lower[i][i];
    }
    return solved;
  }
}
