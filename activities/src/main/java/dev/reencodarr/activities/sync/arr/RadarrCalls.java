package dev.reencodarr.activities.sync.arr;

import java.util.List;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.PUT;
import retrofit2.http.Path;
import retrofit2.http.Query;
import retrofit2.http.Streaming;

/** What is asked of Radarr alone. */
interface RadarrCalls {

  @Streaming
  @GET("api/v3/movie?excludeLocalCovers=true")
  Call<ResponseBody> movies();

  @Streaming
  @GET("api/v3/movie/{id}")
  Call<ResponseBody> movie(@Path("id") long id);

  @Streaming
  @GET("api/v3/moviefile")
  Call<ResponseBody> files(@Query("movieId") List<Long> movies);

  @Streaming
  @GET("api/v3/moviefile/{id}")
  Call<ResponseBody> file(@Path("id") long id);

  @Streaming
  @PUT("api/v3/moviefile/bulk")
  Call<ResponseBody> change(@Body RequestBody files);

  @Streaming
  @PUT("api/v3/movie/editor")
  Call<ResponseBody> edit(@Body RequestBody movies);

  @Streaming
  @GET("api/v3/queue/details")
  Call<ResponseBody> queue(@Query("movieId") long movie);

  @Streaming
  @GET("api/v3/rename")
  Call<ResponseBody> renames(@Query("movieId") long movie);

  @Streaming
  @DELETE("api/v3/moviefile/{id}")
  Call<ResponseBody> delete(@Path("id") long id);

  @Streaming
  @GET("api/v3/history/movie")
  Call<ResponseBody> history(@Query("movieId") long movie);
}
