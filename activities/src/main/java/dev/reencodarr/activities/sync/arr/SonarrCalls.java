package dev.reencodarr.activities.sync.arr;

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

/** What is asked of Sonarr alone. */
interface SonarrCalls {

  @Streaming
  @GET("api/v3/series?includeSeasonImages=false")
  Call<ResponseBody> series();

  @Streaming
  @GET("api/v3/series/{id}?includeSeasonImages=false")
  Call<ResponseBody> series(@Path("id") long id);

  @Streaming
  @GET("api/v3/episodefile")
  Call<ResponseBody> files(@Query("seriesId") long series);

  @Streaming
  @GET("api/v3/episodefile/{id}")
  Call<ResponseBody> file(@Path("id") long id);

  @Streaming
  @PUT("api/v3/episodefile/bulk")
  Call<ResponseBody> change(@Body RequestBody files);

  @Streaming
  @GET("api/v3/episode")
  Call<ResponseBody> episodes(@Query("episodeFileId") long file);

  @Streaming
  @GET("api/v3/episode/{id}")
  Call<ResponseBody> episode(@Path("id") long id);

  @Streaming
  @PUT("api/v3/episode/monitor")
  Call<ResponseBody> monitor(@Body RequestBody episodes);

  @Streaming
  @GET("api/v3/queue/details")
  Call<ResponseBody> queue(@Query("seriesId") long series);

  @Streaming
  @GET("api/v3/rename")
  Call<ResponseBody> renames(@Query("seriesId") long series, @Query("seasonNumber") int season);

  @Streaming
  @DELETE("api/v3/episodefile/{id}")
  Call<ResponseBody> delete(@Path("id") long id);

  @Streaming
  @GET("api/v3/history/series")
  Call<ResponseBody> history(@Query("seriesId") long series);
}
